"""What it looks at: whether the statement names who is responsible and gives a way to reach them.

Why it matters: rights can only be used against someone, somewhere.

When it is wrong: the name stands in the footer or imprint of the site instead, where it is not looked for; a trade name may be taken for
the legal name or missed.

Sources: GDPR 13(1)(a). Amaral et al. 2021.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-01",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {
    "nl": "Niet duidelijk wie verantwoordelijk is en hoe die te bereiken is",
    "en": "Not clear who is responsible and how to reach them",
}
MEANING = {
    "nl": "De verklaring moet de verantwoordelijke noemen, met een manier om contact te leggen.",
    "en": "The statement must name the controller, with a way to make contact.",
}
LAW = "GDPR 13(1)(a)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(evidence, "controller-identity", nl="de verantwoordelijke", en="the controller")
    yield from duty(evidence, "controller-contact", nl="een contactmogelijkheid", en="a way to make contact")
