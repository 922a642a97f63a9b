"""Whether a text is a statement at all. Lenient: a real but short statement must never be turned away."""

from __future__ import annotations

import re

from auditor.statement.text import Extract

# Words and stems that statements on privacy or cookies are made of, in the four languages.
_SUBJECT = re.compile(
    r"persoonsgegeven|persoonlijke (?:gegevens|informatie)|privacy|gegevensbescherming|verwerkingsverantwoordelijke|\bavg\b|cookie|bewaartermijn|toestemming|\bwbp\b"
    r"|personal (?:data|information)|data protection|\bgdpr\b|data controller|data subject|\bconsent\b|third part"
    r"|personenbezogen|datenschutz|\bdsgvo\b|betroffene|einwilligung|verarbeitung|verantwortlicher"
    r"|donn[ée]es (?:[àa] caract[èe]re )?personnel|vie priv[ée]e|confidentialit[ée]|\brgpd\b|traitement|consentement|\bcnil\b"
    r"|uw gegevens|je gegevens|jouw gegevens|your data|your information|ihre daten|vos donn[ée]es|ip-adres|ip address|ip-adresse|adresse ip"
    r"|datos personales|protecci[oó]n de datos|dati personali|dane osobowe|danych osobowych|personopplysninger|personoplysninger|personuppgifter",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"\b(?:gegevens|cookies?|daten|donn[ée]es|your details|personal details|e-?mail ?adress?e?s?|privacy|geboortedatum|ledenadministratie|naam, adres|name and address|nom et adresse|anschrift)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"privacy|cookie|persoonsgegevens|gegevensbescherming|avg\b|datenschutz|confidentialit|vie priv|donn[ée]es personnelles|data protection|personal data|disclaimer|mentions l[ée]gales|impressum",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b404\b|\b403\b|\b50[0234]\b|not found|niet gevonden|pagina (?:bestaat niet|kon niet|is niet)|deze pagina bestaat niet|kunnen (?:wij|we) (?:deze|de) pagina niet|page (?:could|does|can)(?: ?no|n.)t|introuvable"
    r"|nicht gefunden|seite existiert nicht|toegang geweigerd|access denied|forbidden|service unavailable|internal server error|onderhoud|maintenance|just a moment|checking your browser|verify you are human|enable javascript and cookies",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"inloggen|log ?in\b|sign ?in|wachtwoord|password|anmelden|passwort|connexion|mot de passe|gebruikersnaam|username",
    re.IGNORECASE,
)
_SHOP = re.compile(
    r"in (?:de )?winkelwagen|in winkelmand|toevoegen aan winkel|add to (?:cart|basket)|in den warenkorb|ajouter au panier|op voorraad|in stock|auf lager|en stock|incl\. btw|€\s?\d",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"lorem ipsum|coming soon|binnenkort (?:online|beschikbaar)|under construction|in aanbouw|demnächst verfügbar|hello world|deze website is in onderhoud",
    re.IGNORECASE,
)


def not_a_statement(extract: Extract, url: str = "") -> str | None:  # noqa: PLR0911 - guard clauses, one answer each
    """Why the text is no statement on privacy or cookies; None when it is one or may be one."""
    text = extract.text
    words = max(1, len(text.split()))
    subjects = len(_SUBJECT.findall(text[:200_000]))
    distinct = len({match.lower() for match in _SUBJECT.findall(text[:200_000])})
    density = subjects / min(words, 25_000)
    head = f"{extract.title or ''} {text[:300]}"
    named = bool(_NAMED.search(f"{extract.title or ''} {text[:200]}"))
    if words < 120 and _ERROR.search(head) and subjects <= 3:
        return "an error page"
    if words < 150 and _PLACEHOLDER.search(text) and subjects <= 3:
        return "a placeholder page"
    if (
        extract.password_field
        and words < 200
        and density < 0.05
        and _LOGIN.search(text)
        and not (named and subjects >= 3)
    ):
        return "a log-in page"
    if (
        len(_DATA.findall(text[:20_000])) >= 2
        and words < 250
        and not (_ERROR.search(head) or _LOGIN.search(head))
        and len(_SHOP.findall(text)) < 2
    ):
        return None
    if distinct >= 3 and density >= 0.006:
        return None
    if subjects >= 2 and words < 400 and density >= 0.01:
        return None
    if words < 120 and _LOGIN.search(head) and subjects < 2:
        return "a log-in page"
    if subjects == 0 or (density < 0.004 and not named):
        if len(_SHOP.findall(text)) >= 3 or extract.prices >= 4:
            return "a shop page: prices and baskets, no word of personal data or cookies"
        return (
            "a page that does not speak of personal data or cookies"
            if subjects == 0
            else "a page on something else: hardly a word of personal data or cookies"
        )
    if (len(_SHOP.findall(text)) >= 3 or extract.prices >= 4) and density < 0.01 and distinct < 4:
        return "a shop page: prices and baskets, hardly a word of personal data or cookies"
    if words < 12 and subjects == 0:
        return "a page without content"
    return None
