"""Who is responsible, how to reach them, and their number in the trade register."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from auditor.model import Statement
from auditor.statement.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Named:
    """A name, address or number with the sentence it stands in (`start`, `end`) and the rule that found it."""

    name: str
    start: int
    end: int
    why: str


_UP = r"[A-ZÀ-ÖØ-Þ0-9]"
_NAME_WORD = rf"(?:{_UP}[\w&.'’+-]*|[a-z]{{1,3}}[A-Z]\w+|&|\+)"
_NAME = rf"{_NAME_WORD}(?:,?\s(?:{_NAME_WORD}|(?:de|het|van|der|den|en|voor|of|the|and|von|und|du|des|la|le|les|et|in|te|ter|ten|’t|'t)(?=\s+{_NAME_WORD}))){{0,6}}"
_FORM_AFTER = re.compile(
    rf"(?P<name>{_NAME})[ ,]+(?:B\.?\s?V\.?|N\.?V\.?|V\.?O\.?F\.?|C\.?V\.?|BVBA|B\.V\.B\.A\.|CVBA|VZW|v\.z\.w\.|SRL|ASBL|U\.A\.|GmbH(?: & Co\.? ?KG)?|AG|e\.\s?V\.|e\.\s?K\.|KG|OHG|UG|mbH|SE|Ltd\.?|Limited|PLC|plc|LLP|Inc\.?|LLC|SARL|S\.A\.R\.L\.|SAS|S\.A\.S\.|SASU|EURL|S\.A\.|SA|SCOP|Sàrl)(?![\w-])"
)
_FORM_TOKEN = re.compile(
    r"\b(?:[BN]\.?\s?V\b|V\.?O\.?F|C\.?V\b|BVBA|B\.V\.B|CVBA|VZW|v\.z\.w|SRL|ASBL|U\.A|GmbH|AG\b|e\.\s?[VK]|KG|OHG|UG\b|mbH|SE\b|Ltd|Limited|PLC|plc|"
    r"LLP|Inc|LLC|SARL|S\.A|SAS|EURL|SA\b|SCOP|Sàrl)"
)
_FORM_BEFORE = re.compile(
    rf"\b(?:[Ss]tichting|STICHTING|[Vv]ereniging|[Mm]aatschap|[Cc]oöperatie|[Ee]enmanszaak|[Gg]emeente|[Pp]rovincie|[Ww]aterschap|BVBA|VZW|[Ss]ociété|SARL|SAS|[Aa]ssociation|[Ff]oundation|[Ff]ondation|[Ss]tiftung|[Vv]erein|[Vv]\.?o\.?f\.?)\s+(?P<name>{_NAME})"
)
# Verbs by which a controller speaks of itself; a service that is only named rarely "respects" or "attaches importance".
_OWN_VERBS = {
    "nl": r"behoudt\s+zich|verwerkt|hecht|acht|respecteert|vindt|draagt|streeft|houdt|gaat|behandelt|waarborgt|verzamelt|hanteert|besteedt|bewaart|neemt|gebruikt|vraagt|registreert|deelt",
    "en": "processes|respects|values|takes|cares|collects|holds|operates|considers|keeps|uses|counts|runs|sells",
    "de": "verarbeitet|erhebt|nimmt|legt|respektiert|achtet|informiert|betreibt|speichert|nutzt|verwendet",
    "fr": "traite|respecte|collecte|attache|accorde|garde|conserve|veille|édite|exploite|utilise|s'engage",
}
_ANY_VERBS = {
    "nl": "kan|heeft|verstrekt|is|zal|wil|maakt|legt|biedt|slaat|mag|behoudt|geeft|doet|stelt|ontvangt|verkrijgt|verkoopt|dient|treedt|zorgt|plaatst|weet",
    "en": "may|will|has|shares|does|stores|provides|is|can|would",
    "de": "ist|kann|hat|gibt|wird|stellt",
    "fr": "est|peut|a|met|propose|fournit",
}


@cache
def _subjects(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(name with an own verb, name with any verb, verb before the name)."""
    own = _OWN_VERBS.get(language, _OWN_VERBS["en"])
    every = f"{own}|{_ANY_VERBS.get(language, _ANY_VERBS['en'])}"
    opening = rf"(?:^|[.;:]\s+|\bdat\s+|\bthat\s+|\bdass\s+|\bque\s+|\bhow\s+|\bHow\s+|\bhoe\s+|\bHoe\s+)(?:\W*)(?P<name>{_NAME})(?:\s*\([^)]{{1,80}}\))?,?\s+"
    after = r"\s+(?:uw|jouw|je|de|persoonsgegevens|gegevens|your|personal|Ihre|personenbezogene|vos|geen|cookies|graag|een)\b"
    return (
        re.compile(rf"{opening}(?:{own})\b", re.MULTILINE),
        re.compile(rf"{opening}(?:{every})\b", re.MULTILINE),
        re.compile(rf"\b(?:{every})\s+(?P<name>{_NAME}){after}"),
    )


# "tennisvereniging Smash", "Praktijk voor fysiotherapie Beweeg": the kind of house and then its name.
_KIND_BEFORE = re.compile(
    r"\b(?i:[A-Za-z]*(?:vereniging|praktijk|winkel|garage|kantoor|bureau|museum|hotel|camping|theater|kerk|bibliotheek|apotheek|club|bakkerij|restaurant|school|centrum|makelaardij|uitgeverij|fonds|"
    rf"genootschap|coöperatie|bedrijf|verein|kanzlei|praxis|hof|association|agency|trust|society))\s+(?:voor\s+[a-z]+\s+)?(?P<name>{_NAME})"
)
_KIND_TOKEN = re.compile(
    r"vereniging|praktijk|winkel|garage|kantoor|bureau|museum|hotel|camping|theater|kerk|bibliotheek|apotheek|club|bakkerij|restaurant|school|centrum|"
    r"makelaardij|uitgeverij|fonds|genootschap|coöperatie|bedrijf|verein|kanzlei|praxis|hof|association|agency|trust|society",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:wij|we|ons|onze|us|our|wir|uns|unser\w*|nous|notre|nos)\b", re.IGNORECASE)
_ANNOUNCED = re.compile(
    rf"(?:verwerkingsverantwoordelijke(?:\s+is)?\s*:?|privacy\s*-?\s*(?:verklaring|statement|beleid|reglement|policy|notice)\s+(?:van|voor|of|for)|website\s+(?:van|of)|(?:geldt|geldig|van toepassing)\s+(?:voor|op)|[Ww]ij\s+(?:zijn|van)|[Ww]e\s+(?:are|at)|bij|met|door|aan|tussen|naar|\bby\b|namens|eigenaar|handelsnaam|bedrijfsnaam\s*:|naam\s*:|[Vv]erantwoordelijke?[^.:]{{0,60}}\s(?:is|ist)(?:\s+(?:die|der|das|de|het))?|[Vv]erantwortlich(?:er|e Stelle)?[^.]{{0,80}}(?:ist|:)(?:\s+(?:die|der|das))?|Inh(?:aber)?\.?|[Éé]diteur\s*:|l['’]association|[Ll]a société|controller\s+(?:is|:)|(?:hierna|hereinafter|nachfolgend|ci-après)[^)]{{0,25}}[\"'“‘„«:]\s*)\s*(?P<name>{_NAME})"
)
_ADDRESSED = re.compile(rf"^(?P<name>{_NAME}),\s+(?:[^,.;:]{{2,40}}\s\d|\d+\s)", re.MULTILINE)
_TITLE = re.compile(
    rf"(?i:privacy(?:\s*-?\s*(?:en|&|and)\s*-?\s*cookie)?\s*-?\s*(?:verklaring|statement|beleid|policy|notice|reglement)?|avg-verklaring|privacyverklaring|privacyreglement|datenschutz(?:erklärung|hinweise)?|cookie\s*-?(?:verklaring|beleid|policy)|politique de confidentialité|déclaration de vie privée|mentions légales)\s*(?:[-–—:|]|(?i:van|of|der|des|von|de|bij|im|bei|gemeente|voor|for)\s)?\s*(?P<name>{_NAME})"
)
# Words that begin with a capital and are no party's name: sentence openers, legal terms, months, places, authorities.
_LISTS = tomllib.loads(resources.files("auditor.statement").joinpath("names.toml").read_text(encoding="utf-8"))
_COMMON = frozenset(_LISTS["common"].split())
SERVICES = re.compile(
    r"\b(?:google|facebook|meta|instagram|twitter|linkedin|youtube|vimeo|xing|pinterest|tiktok|whatsapp|microsoft|bing|hotjar|matomo|mailchimp|mollie|paypal|stripe|adyen|buckaroo|postnl|dhl|dpd|ups|amazon|aws|cloudflare|wordpress|automattic|gravatar|woocommerce|shopify|"
    r"intercom|hubspot|salesforce|zendesk|doubleclick|adobe|apple|safari|chrome|firefox|mozilla|internet explorer|edge|opera|android|ios|akismet|wordfence|elementor|jetpack|ovh|transip|doc?tolib|kiyoh|trustpilot|webwinkelkeur|thuiswinkel|afterpay|klarna|riverty|multisafepay|"
    r"sendinblue|brevo|laposta|copernica|lightspeed|mijnwebwinkel|booking|azure|spotler|mailerlite|activecampaign|typeform|calendly|zoom|dropbox|cookiebot|complianz|onetrust|usercentrics|autoriteit|autorité|authority|aufsichtsbehörde|college bescherming|commission|commissie|commissioner|belastingdienst|politie|police|rechtbank|"
    r"kamer van koophandel|datenschutz-|landesbeauftragte|edpb|privacy shield|ip|html|url|ssl|https?|gif|cloud|addthis|sharethis|awin|daisycon|tradetracker|criteo|snapchat|piwik|plausible|fathom|quantcast|addtoany|disqus|spotify|soundcloud)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"^\W*(?:bedrijfsnaam|naam|company|firma|société|your company|uw bedrijf)\W*$", re.IGNORECASE)


def controller(statement: Statement, sentences: Sequence[Sentence]) -> Named | None:
    """The party that speaks in the statement; None when it only says "wij" or gives a domain."""
    votes: Counter[str] = Counter()
    first: dict[str, Named] = {}
    for weight, named in _candidates(statement, sentences):
        key = re.sub(r"\W+", " ", named.name).strip().lower()
        votes[key] += weight
        held = first.get(key)
        if held is None:
            first[key] = named
    # A short name counts for the long one that holds it ("Jansen" for "Bakkerij Jansen B.V.").
    best: tuple[float, str] | None = None
    for key in votes:
        total = votes[key] + sum(votes[other] for other in votes if other != key and f" {other} " in f" {key} ")
        if best is None or total > best[0]:
            best = (total, key)
    return first[best[1]] if best is not None and best[0] >= 2 else None


def _candidates(statement: Statement, sentences: Sequence[Sentence]) -> Iterator[tuple[int, Named]]:
    own, every, inverted = _subjects(statement.language or "en")
    rules = (
        (_FORM_AFTER, 4, "legal-form"),
        (_FORM_BEFORE, 4, "legal-form"),
        (_KIND_BEFORE, 2, "kind"),
        (own, 2, "subject"),
        (every, 1, "subject"),
        (inverted, 1, "subject"),
        (_ANNOUNCED, 2, "announced"),
        (_ADDRESSED, 2, "address"),
    )
    for index, sentence in enumerate(sentences):
        text = sentence.text
        for pattern, weight, why in rules:
            if (pattern is _FORM_AFTER and not _FORM_TOKEN.search(text)) or (
                pattern is _KIND_BEFORE and not _KIND_TOKEN.search(text)
            ):
                continue  # the cheap look first: these two search slowly
            if weight == 1 and _FIRST_PERSON.search(text):
                continue  # "Lightspeed heeft toegang om ons te helpen": somebody else
            if sentence.block_type == "heading" and why == "subject" and index > 2:
                continue
            for match in pattern.finditer(text):
                name = _cleaned(match.group("name"))
                if name and not (why == "announced" and len(name) < 3):
                    whole = match.group().strip(" .;:,") if why in {"legal-form", "kind"} else name
                    yield weight, Named(_cleaned(whole) or name, sentence.start, sentence.end, why)
        if index < 6:
            title = _TITLE.search(text)
            name = _cleaned(title.group("name")) if title else None
            if name:
                yield 3, Named(name, sentence.start, sentence.end, "title")
        if (
            sentence.block_type != "heading"
            and len(text) < 80
            and index >= len(sentences) - 12
            and re.fullmatch(_NAME, text.strip(" ,.*"))
        ):
            name = _cleaned(text)
            if name:
                yield 1, Named(name, sentence.start, sentence.end, "address")


def _cleaned(name: str) -> str | None:
    """The name without words that only begin a sentence; None when nothing of a name is left."""
    words = name.strip(" ,.*_\"'“”‘’").split()
    while words and (words[0].lower().strip(".,'’") in _COMMON):
        words = words[1:]
    while words and words[-1].lower().strip(".,'’") in _COMMON:
        words = words[:-1]
    kept = " ".join(words).strip(" ,.")
    if len(kept) < 2 or not re.search(r"[A-Za-zÀ-ÿ]{2}", kept) or SERVICES.search(kept) or _PLACEHOLDER.match(kept):
        return None
    if (
        all(word.lower().strip(".,") in _COMMON for word in words)
        or re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", kept)
        or re.search(r"\d{4}", kept)
    ):
        return None
    return kept


_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?:\+|\b00)\d{2}[\s().-]*(?:\d[\s().-]*){7,10}|\(?\b0\d{1,3}\)?[\s./-]{0,3}(?:\d[\s.-]?){5,8}\d\b|\b0(?:800|900)[\s-]?\d{4}"
)
_POST = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b|\b(?:[Pp]ostbus|Postfach|P\.?O\.? Box|[Bb]oîte postale)\s\d+")
_STREET = re.compile(
    r"\b[A-ZÀ-Þ][\w'’.-]*(?:\s[\w'’.-]+){0,3}?(?:straat|weg|laan|plein|kade|dijk|singel|gracht|hof|markt|steenweg|dreef|park|baan|lei|straße|strasse|str\.|platz|allee|gasse)\s\d+|\b[A-Z]\w*(?:straat|weg|laan|plein|kade|dijk|singel|gracht|straße|strasse)\s\d+"
    r"|\b\d+\s?(?:bis|ter)?,?\s(?:rue|avenue|boulevard|place|quai|chemin|allée)\s|\b\d+\s[A-Z]\w+\s(?:Street|Road|Avenue|Lane|Drive|Square|Way|Row|Court)\b|\b(?:Am|Im|An der|Auf der|Zum|Kade|Markt|Plein|Haven)\s(?:[A-Z]\w+\s)?\d+",
)
_FORM = re.compile(
    r"contactformulier|contact\s?form\b|kontaktformular|formulaire de contact|contactpagina|contact\s?page|contactgegevens",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"contact\s+(?:met\s+\S+(?:\s+\S+){0,3}\s+)?(?:op(?:nemen|neemt|te nemen)|zoeken)|(?:neem|neemt|nemen)\b[^.]{0,60}\bcontact\b[^.]{0,40}\bop\b|contact (?:us|the)|reach (?:us|out)|get in touch|kontaktieren sie|an uns wenden|wenden sie sich|(?:nous )?contacte[rz]|écri(?:vez|re)|contacteer ons|bereikbaar"
    r"|met ons opnemen|met ons op",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"autoriteit persoonsgegevens|gegevensbeschermingsautoriteit|autoriteitpersoonsgegevens|93374|drukpersstraat|toezichthouder|aufsichtsbehörde|landesbeauftragte|\bcnil\b|autorité de protection|information commissioner|supervisory authority|data protection commission",
    re.IGNORECASE,
)


def contact(statement: Statement, sentences: Sequence[Sentence]) -> Named | None:
    """How to reach the party: mail, telephone, post, or at least a form or an invitation to write."""
    best: tuple[int, Named] | None = None
    for sentence in sentences:
        text = sentence.text
        other = bool(_AUTHORITY.search(text)) or (
            bool(SERVICES.search(text)) and not re.search(r"\b(?:ons|onze|us|our|uns|nous)\b", text)
        )
        for rank, pattern, why in (
            (4, _MAIL, "mail"),
            (3, _PHONE, "phone"),
            (3, _POST, "post"),
            (2, _STREET, "post"),
            (1, _FORM, "form"),
            (1, _REACH, "reach"),
        ):
            match = pattern.search(text)
            if match is None or (other and why != "mail") or (why == "mail" and _AUTHORITY.search(match.group())):
                continue
            if why == "mail" and re.search(
                r"privacyshield|google\.|facebook\.|meta\.com|autoriteit", match.group(), re.IGNORECASE
            ):
                continue
            if best is None or rank > best[0]:
                best = (rank, Named(match.group().strip(), sentence.start, sentence.end, why))
    if best is None:
        mail = next((link for link in statement.links if link[0].lower().startswith(("mailto:", "tel:"))), None)
        return Named(mail[0], mail[1], mail[2], "mail") if mail else None
    return best[1]


_REGISTER = re.compile(
    r"(?:k\.?v\.?k\b\.?|kamer\s+van\s+koophandel|handelsregister)[^.\n]{0,80}?(?:nummer|nr\.?|no\.?)?[^.\d\n]{0,30}?(?P<nl>\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2}|\d{2}[ .]?\d{6})(?!\d)"
    r"|(?:ondernemingsnummer|ondernemingsnr|KBO|BTW|TVA|BCE|num[ée]ro d['’]entreprise)[^\d\n]{0,25}(?P<be>(?:BE\s?)?0?\d{3}\.?\d{3}\.?\d{3})"
    r"|(?P<de>HR[AB]\s?(?:-?Nr\.?)?:?\s?\d{2,6})"
    r"|(?:SIRE[NT]|RCS|registre du commerce)[^\d\n]{0,30}(?P<fr>\d{3}\s?\d{3}\s?\d{3}(?:\s?\d{5})?)"
    r"|(?:company|registration|registered|chamber of commerce)[^.\d\n]{0,60}(?:number|no\.?|nr\.?|under)[^\d\n]{0,15}(?P<en>[A-Z]{0,2}\d{6,9})",
    re.IGNORECASE,
)


def register_number(statement: Statement, sentences: Sequence[Sentence]) -> Named | None:
    """The number in the trade register (KvK; BE, DE, FR and UK registers too)."""
    text = statement.text
    match = _REGISTER.search(text)
    if match is None:
        # the number on the line below its label
        match = re.search(
            r"(?:k\.?v\.?k\.?|kamer van koophandel)[^\n]{0,40}\n\W*(?P<nl>\d{8})(?!\d)", text, re.IGNORECASE
        )
    if match is None:
        return None
    number = next(value for value in match.groupdict().values() if value)
    around = next(((s.start, s.end) for s in sentences if s.start <= match.start() < s.end), match.span())
    return Named(number, around[0], max(around[1], match.end()), "register")
