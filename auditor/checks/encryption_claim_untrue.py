"""What it looks at: a sentence that the site uses an encrypted connection, against pages, forms or answers without one.

Why it matters: visitors enter data because they are told that it is safe.

When it is wrong: the sentence may cover the payment page only (then undetermined).

Sources: GDPR 5(1)(a) and 32.
"""

from collections.abc import Iterator

from auditor.checks.unencrypted_site import plain_forms, plain_pages, probed
from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.language_words import words
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.model import Outcome, Severity

CATALOGUE = ("SEC-08",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "“Versleutelde verbinding” beloofd en niet waar",
    "en": "“Secure/encrypted connection” claimed and not true",
}
MEANING = {
    "nl": "De verklaring belooft versleuteling; de site werkt ook zonder.",
    "en": "The statement promises encryption; the site works without it too.",
}
LAW = "GDPR 5(1)(a), 32"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = evidence.said("https-or-encryption", True)
    if not said:
        yield not_said(evidence, "dat de verbinding versleuteld is", "that the connection is encrypted")
        return
    claims = [i for i, _ in said]
    answer = plain_pages(evidence) or plain_forms(evidence) or probed(evidence)
    if answer is None or answer.outcome is Outcome.UNDETERMINED:
        yield undetermined(
            SITE,
            (answer.reason if answer else None) or "the connection was not measured",
            claims=claims,
            nl="Of de site altijd versleutelt, kon niet worden vastgesteld.",
            en="Whether the site always encrypts could not be established.",
        )
    elif answer.outcome is Outcome.PASS:
        yield passed(SITE, claims=claims, nl=answer.message["nl"], en=answer.message["en"])
    elif all(words("payment_page").search(claim.quote) or claim.hedge for _, claim in said):
        yield undetermined(
            SITE,
            "the sentence may cover the payment page only",
            claims=claims,
            evidence=answer.evidence,
            nl="De site werkt ook zonder versleuteling, maar de zin kan alleen over betalen of inloggen gaan.",
            en="The site works without encryption too, but the sentence may be about paying or logging in only.",
        )
    else:
        yield fail(
            SITE,
            claims=claims,
            evidence=answer.evidence,
            confidence=answer.confidence,
            nl="De site is in strijd met de eigen verklaring: die belooft een versleutelde verbinding, maar de site werkt ook zonder.",
            en="The site contradicts its statement: that promises an encrypted connection, but the site works without one too.",
        )
