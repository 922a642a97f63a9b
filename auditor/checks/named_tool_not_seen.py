"""What it looks at: tools for measuring and advertising that the statement says are used and that no visit met, acceptance included.

Why it matters: a statement that names what is gone is out of date; it is a hint, no more.

When it is wrong: the tool may work behind a log-in, at the checkout, in an app, in mail or on the server. Not seeing proves nothing, so this
is never a possible violation, only a note.

Sources: GDPR 5(1)(d) and 12(1).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.answers import PROVES_NOTHING, unread
from auditor.evidence.naming import names_of, normal
from auditor.evidence.verdict import STATEMENT, Verdict, not_applicable, passed, undetermined
from auditor.model import Severity

CATALOGUE = ("STB-20",)
SEVERITY = Severity.INFO
KLASS = "P"
TITLE = {
    "nl": "Een genoemd hulpmiddel is niet gezien",
    "en": "A named tool is not found any more",
}
MEANING = {
    "nl": "De verklaring noemt een dienst die in geen bezoek voorkwam; misschien is zij verouderd.",
    "en": "The statement names a service that no visit met; it may be out of date.",
}
LAW = "GDPR 5(1)(d), 12(1)"

_ROLES = frozenset({"analytics", "advertising", "session-recording", "tag-manager"})


def run(evidence: Evidence) -> Iterator[Verdict]:
    if not evidence.read:
        yield unread(evidence)
        return
    named = {v.name for v in evidence.vendors if v.used and v.role in _ROLES}
    if not named:
        yield not_applicable(
            STATEMENT, nl="De verklaring noemt geen hulpmiddelen.", en="The statement names no such tools."
        )
        return
    seen = {name for s in evidence.sightings if s.label.product for name in names_of(s.label)}
    measured = bool(evidence.looked(State.ACCEPTED, "request"))
    for name in sorted(named):
        if normal(name) in seen:
            yield passed(name, nl=f"{name} is genoemd en gezien.", en=f"{name} is named and was seen.")
            continue
        yield undetermined(
            name,
            PROVES_NOTHING if measured else evidence.why_not(State.ACCEPTED, "request"),
            severity=Severity.INFO,
            nl=f"De verklaring noemt {name}; in de bezoeken is het niet gezien.",
            en=f"The statement names {name}; the visits did not see it.",
        )
