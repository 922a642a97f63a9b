"""The audit as a whole: labels, documents together, second visits, a check that breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.audit import audit, judge, merge, wanted_visits
from auditor.checks import all_checks
from auditor.evidence import Evidence, state_matrix
from auditor.evidence.verdict import Verdict
from auditor.model import Choice, Claim, Item, Outcome, Reading, SiteAudit, SiteRecord
from auditor.trackers import Labeller
from tests.checks.builders import (
    FACEBOOK_HIT,
    FACEBOOK_SCRIPT,
    FBP,
    META,
    META_COOKIE,
    META_SCRIPT,
    SITE,
    UNKNOWN,
    Scene,
    three_visits,
)

STATEMENT = """<html lang="nl"><body><main><h1>Privacyverklaring</h1>
<p>Wij gebruiken cookies op onze website. Met uw toestemming plaatsen wij marketingcookies.</p>
<p>Wij, De Wielerij B.V., zijn verantwoordelijk voor de verwerking van uw persoonsgegevens. U kunt ons mailen op
info@example.com. Wij verwerken uw gegevens om uw bestelling te leveren.</p>
<p>U heeft recht op inzage, correctie en verwijdering van uw persoonsgegevens en u kunt een klacht indienen bij de Autoriteit
Persoonsgegevens.</p><p>Laatst gewijzigd op 1 oktober 2026.</p></main></body></html>"""


def tracked() -> SiteRecord:
    scene = Scene().source(SITE + "privacy", "privacy", body=STATEMENT)
    for visit in three_visits(scene):
        visit.request(FACEBOOK_SCRIPT, UNKNOWN, resource_type="script").request(FACEBOOK_HIT, UNKNOWN)
        visit.cookie(FBP, UNKNOWN, script=FACEBOOK_SCRIPT)
    scene.visits[2].cookie(FBP, UNKNOWN, after=True, script=FACEBOOK_SCRIPT)
    return scene.record()


def failing(judged: SiteAudit) -> set[str]:
    return {number for f in judged.findings if f.outcome is Outcome.FAIL for number in f.catalogue}


def test_a_record_is_labelled_read_and_judged_with_the_real_lists() -> None:
    judged = audit(tracked(), Labeller())
    assert {"PRE-01", "PRE-03", "PRE-04", "REF-01", "STB-02", "STB-05"} <= failing(judged)
    assert not {"CPL-09a", "CPL-11", "STL-03", "STL-04"} & failing(judged)
    finding = next(f for f in judged.findings if f.catalogue == ("STB-05",) and f.outcome is Outcome.FAIL)
    claim = judged.claims[finding.claims[0]]
    assert judged.statements[claim.statement].text[claim.start : claim.end] == claim.quote
    assert {key.split("/")[0] for key in finding.evidence} == {"none-1", "accept-1", "refuse-1"}
    assert set(finding.evidence) <= set(judged.labels)


def test_two_judgements_of_one_record_agree() -> None:
    first, second = audit(tracked(), Labeller()), audit(tracked(), Labeller())
    assert replace(first, judged_at="") == replace(second, judged_at="")


def test_no_finding_stands_twice() -> None:
    keys = [(f.check, f.subject) for f in audit(tracked(), Labeller()).findings]
    assert len(keys) == len(set(keys))


def test_a_site_that_was_not_measured_fails_nothing() -> None:
    assert failing(audit(Scene().record(), Labeller())) == set()


def test_a_wall_to_robots_that_answers_200_is_a_site_not_measured() -> None:
    scene = Scene()
    visit = scene.visit()
    assert audit(scene.record(), Labeller()).not_measured is None
    visit.observations = [
        replace(o, title="Just a moment...") if o.kind == "navigation" else o for o in visit.observations
    ]
    assert audit(scene.record(), Labeller()).not_measured == "the site turned the browser away"


def test_a_grave_finding_seen_once_asks_for_a_second_visit() -> None:
    record = tracked()
    judged = audit(record, Labeller())
    assert wanted_visits(judged, record) == ((Choice.REFUSE, 2),)
    again = replace(record.visits[2], id="refuse-2", repeat=2)
    confirmed = replace(record, visits=(*record.visits, again))
    assert wanted_visits(audit(confirmed, Labeller()), confirmed) == ()


def test_several_documents_are_one_statement() -> None:
    scene = Scene().says("…", role="cookies").says("…", role="privacy")
    claim = Claim(kind="uses-cookies", value="yes", quote="…", start=0, end=1)
    absent, present = Item(present=False), Item(present=True, quote="…", start=0, end=1)
    empty = Reading(
        language="nl", date_of_version=None, claims=(), vendors=(), declared_cookies=(), items={"purposes": absent}
    )
    cookies = replace(empty, claims=(claim,), items={"purposes": present}, date_of_version="2020-01-01")
    also = replace(empty, also_said=(replace(claim, kind="recognises-visitor"),), date_of_version="2024-01-01")
    together = merge(zip(scene.statements, (cookies, also), strict=True))
    assert [s.role for s in together.statements] == ["privacy", "cookies"]
    assert [(c.kind, c.statement) for c in together.claims] == [("recognises-visitor", 0), ("uses-cookies", 1)]
    assert (together.items["purposes"].present, together.items["purposes"].statement) == (True, 1)
    assert together.date_of_version == "2024-01-01"


def test_a_check_that_breaks_is_undetermined_and_the_others_go_on() -> None:
    def broken(evidence: Evidence) -> Iterator[Verdict]:
        raise ZeroDivisionError("by zero")
        yield

    known = all_checks()
    checks = [replace(known["unencrypted-site"], run=broken), known["undated-statement"]]
    findings = judge(Scene().says().evidence(), checks)
    assert [(f.check, f.outcome) for f in findings] == [
        ("unencrypted-site", Outcome.UNDETERMINED),
        ("undated-statement", Outcome.FAIL),
    ]
    assert findings[0].reason == "the check failed: ZeroDivisionError: by zero"


# --- the state matrix -----------------------------------------------------------------------------------


def matrix(scene: Scene) -> dict[str, tuple[object, ...]]:
    judged = audit(Scene().record(), Labeller())
    full = replace(
        judged,
        statements=tuple(scene.statements),
        labels=scene.labels,
        vendors=tuple(scene.vendors),
        declared_cookies=tuple(scene.declared),
    )
    rows = state_matrix(full, scene.record())
    return {f"{r.kind} {r.name}": (r.before, r.refused, r.accepted, r.declared) for r in rows}


def test_the_matrix_tells_seen_from_not_seen_and_from_not_measured() -> None:
    scene = Scene().says("Wij gebruiken de Facebook Pixel.").declares("_fbp", 90)
    scene.visit().request(FACEBOOK_SCRIPT, META_SCRIPT)
    scene.visit("accept").request(FACEBOOK_HIT, META, after=True).cookie(FBP, META_COOKIE, after=True)
    scene.visit("refuse", status="click_failed").request(FACEBOOK_HIT, META, after=True)
    assert matrix(scene) == {
        "vendor Meta Pixel": (True, None, True, "named"),
        "cookie _fbp (example.com)": (False, None, True, "named"),
    }


def test_the_matrix_says_nothing_of_a_statement_that_was_not_read() -> None:
    scene = Scene()
    scene.visit("refuse").request(FACEBOOK_HIT, META)
    assert matrix(scene) == {"vendor Meta Pixel": (True, False, None, None)}


def test_a_kind_that_was_not_recorded_is_not_measured() -> None:
    scene = Scene().says("…")
    scene.visit(recorded=("request",)).request(FACEBOOK_HIT, META)
    scene.visit("refuse", recorded=("storage",)).storage("ph_x", "abcdefgh", META, after=True)
    assert matrix(scene) == {
        "vendor Meta Pixel": (True, None, None, "no"),
        "storage ph_x (https://example.com)": (False, True, None, "no"),
    }
