"""What the command line prints: one progress line a site on stderr, a short summary on stdout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.markup import escape

from auditor.model import Finding, Outcome, Severity

if TYPE_CHECKING:  # a crawl's modules take most of a second to load, and `auditor read` needs none of them
    from auditor.crawl.run import Run, SiteDone

PROGRESS = Console(stderr=True, highlight=False, soft_wrap=True)
OUT = Console(highlight=False, soft_wrap=True)

_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong on stderr and end with the exit code."""
    PROGRESS.print(f"[bold red]auditor:[/] {escape(message)}")
    sys.exit(code)


def progress_line(run: Run, done: SiteDone) -> None:
    """`[2/5] www.example.nl  3 contradictions, 1 possible violation, 2 not measured  31 s`."""
    place = f"[{len(run.done)}/{max(run.expected, len(run.done))}]"
    if done.not_measured is not None:
        text = f"[yellow]not measured:[/] {escape(done.not_measured)}"
    else:
        text = escape(_counted(done))
    PROGRESS.print(f"{escape(place)} [bold]{escape(done.key)}[/]  {text}  [dim]{done.seconds:.0f} s[/]")


def _counted(done: SiteDone) -> str:
    if done.counts is None:
        return ""
    c = done.counts
    return ", ".join(
        [
            _plural(c.contradictions, "contradiction", "contradictions"),
            _plural(c.violations, "possible violation", "possible violations"),
            f"{c.unmentioned} not mentioned in the statement",
            _plural(c.information, "point missing or out of date", "points missing or out of date"),
            f"{c.undetermined} not decided",
        ]
    )


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def summary(run: Run) -> None:
    """The end of a crawl: the gravest findings of each site, then the paths, the last line alone the path to open."""
    measured = [done for done in run.done if done.not_measured is None]
    OUT.print(f"\n{_plural(len(measured), 'site', 'sites')} measured, {len(run.done) - len(measured)} not measured")
    for done in sorted(run.done, key=lambda done: done.key)[:20]:
        _site(done, run.language)
    if len(run.done) > 20:
        OUT.print(f"… and {len(run.done) - 20} more in the overview")
    reports = [done.report for done in run.done if done.report is not None]
    OUT.print(f"overview: {escape(str(run.index_path))}")
    if len(reports) == 1:
        OUT.print(f"report: {escape(str(reports[0]))}")


def _site(done: SiteDone, language: str) -> None:
    OUT.print(f"\n[bold]{escape(done.site)}[/]")
    if done.not_measured is not None:
        OUT.print(f"  not measured: {escape(done.not_measured)}")
    if done.audit is None:
        return
    failed = gravest(done.audit.findings)
    for finding in failed[:5]:
        message = finding.message.get(language) or next(iter(finding.message.values()), "")
        OUT.print(f"  [bold]{finding.severity}[/] {escape(', '.join(finding.catalogue))}  {escape(message)}")
    if len(failed) > 5:
        OUT.print(f"  … {len(failed) - 5} more in the report")
    if not failed and done.not_measured is None:
        OUT.print("  no contradiction and no possible violation among the checks that could be decided")


def gravest(findings: Sequence[Finding]) -> list[Finding]:
    """The FAIL findings, those against the site's own words first, then by severity."""
    failed = [finding for finding in findings if finding.outcome is Outcome.FAIL]
    return sorted(
        failed, key=lambda finding: (_ORDER[finding.severity], not finding.claims, finding.check, finding.subject)
    )
