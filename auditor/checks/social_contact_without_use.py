"""What it looks at: contact with a social network, without anyone pressing its button, on a site whose statement says that the
network's cookies or plug-ins come only when they are used.

Why it matters: the visitor is told that doing nothing means telling nothing.

When it is wrong: an advertising pixel is another thing than a share button; it counts only when the sentence speaks of cookies or
covers all social media, else it is undetermined. The visits press no such button, so any contact came without use. A hedge
("can only be set when …") does not weaken "only".

Sources: GDPR 5(1)(a); Court of Justice C-40/17 (Fashion ID).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.language_words import words
from auditor.evidence.social import is_social
from auditor.evidence.tracking import by_subject, social_contacts, tracking_cookies
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import who
from auditor.model import Category, Severity

CATALOGUE = ("STB-16",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "“Alleen als u de knop gebruikt”, maar het netwerk wordt meteen benaderd",
    "en": "“Social cookies only if you use the button” but the platform is contacted on load",
}
MEANING = {
    "nl": "De verklaring zegt dat sociale cookies pas bij gebruik komen; het netwerk hoort al bij het laden van het bezoek.",
    "en": "The statement says social cookies come only on use; the network learns of the visit on load already.",
}
LAW = "GDPR 5(1)(a); Fashion ID C-40/17"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = evidence.said("social-only-on-use", True)
    if not said:
        yield not_said(
            evidence, "dat sociale media pas bij gebruik cookies plaatsen", "that social media set cookies only on use"
        )
        return
    claims = [i for i, _ in said]
    cookies = [s for s in tracking_cookies(evidence, State) if is_social(s.label)]
    found = by_subject((*cookies, *social_contacts(evidence, State)))
    if not found:
        yield unseen(evidence, claims, "request")
        return
    of_cookies = any(words("cookies").search(claim.quote) for _, claim in said)
    for product, seen in found.items():
        pixel = all(s.label.category is Category.ADVERTISING for s in seen)
        if pixel and not of_cookies:
            yield undetermined(
                product,
                "an advertising pixel is not the button that the sentence speaks of",
                claims=claims,
                seen=seen,
                nl=f"{who(seen[0].label)} werd zonder gebruik benaderd, maar of de zin in de verklaring dit dekt is niet zeker.",
                en=f"{who(seen[0].label)} was contacted without use, but whether the sentence covers it is uncertain.",
            )
            continue
        yield fail(
            product,
            seen=seen,
            claims=claims,
            nl=f"De site is in strijd met de eigen verklaring: {who(seen[0].label)} werd benaderd zonder dat iemand een knop gebruikte.",
            en=f"The site contradicts its statement: {who(seen[0].label)} was contacted although nobody used a button.",
        )
