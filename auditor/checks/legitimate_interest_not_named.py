"""What it looks at: whether a statement that relies on legitimate interest says which interest that is.

Why it matters: without it a visitor cannot weigh or contest the interest.

When it is wrong: the interest may be told in other words or elsewhere; where legitimate interest is not relied on the question does not
arise.

Sources: GDPR 13(1)(d).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty, not_said
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-05",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {
    "nl": "Gerechtvaardigd belang zonder te zeggen welk",
    "en": "Legitimate interest without saying which",
}
MEANING = {
    "nl": "Wie zich op een gerechtvaardigd belang beroept, moet dat belang noemen.",
    "en": "Who relies on a legitimate interest must name it.",
}
LAW = "GDPR 13(1)(d)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    basis = evidence.item("legal-basis")
    if basis is not None and "legitimate-interest" in basis.values:
        yield from duty(
            evidence, "legitimate-interest-named", nl="het gerechtvaardigd belang", en="the legitimate interest"
        )
    else:
        yield not_said(evidence, "dat zij op gerechtvaardigd belang steunt", "that it relies on legitimate interest")
