"""What it looks at: whether a statement that relies on consent says that it can be withdrawn.

Why it matters: consent that cannot be taken back is none, and visitors must be told before they give it.

When it is wrong: only unsubscribing from a newsletter is narrower; where consent is not relied on the question does not arise.

Sources: GDPR 7(3) and 13(2)(c).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty, not_said
from auditor.evidence.verdict import Verdict, passed
from auditor.model import Severity

CATALOGUE = ("CPL-10",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {
    "nl": "Intrekken van toestemming niet genoemd",
    "en": "Withdrawal of consent not named",
}
MEANING = {
    "nl": "Wie op toestemming steunt, moet zeggen dat die kan worden ingetrokken.",
    "en": "Who relies on consent must say that it can be withdrawn.",
}
LAW = "GDPR 13(2)(c), 7(3)"

ITEM = "right-withdraw-consent"


def run(evidence: Evidence) -> Iterator[Verdict]:
    basis = evidence.item("legal-basis")
    relies = (basis is not None and "consent" in basis.values) or bool(evidence.said("consent-before"))
    settings = evidence.said("withdraw-consent-cookies", True)
    if not relies:
        yield not_said(evidence, "dat zij op toestemming steunt", "that it relies on consent")
    elif settings and not (basis is not None and "consent" in basis.values):
        yield passed(
            ITEM,
            claims=[i for i, _ in settings],
            nl="De verklaring zegt dat de cookiekeuze kan worden veranderd.",
            en="The statement says that the cookie choice can be changed.",
        )
    else:
        yield from duty(evidence, ITEM, nl="het intrekken van toestemming", en="the withdrawal of consent")
