"""The command line. Commands are verbs; data goes to stdout, progress to stderr.

Exit codes: 0 done, 1 findings (only with --fail-on), 2 usage, 3 crawl incomplete.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from auditor import __version__
from auditor.artifacts import ArtifactError, load_record, reading_document
from auditor.crawl.seeds import SeedError, read_seeds
from auditor.model import Outcome, Severity
from auditor.terminal import OUT, PROGRESS, fail, progress_line, summary

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Holds what a website says in its privacy and cookie statement against what it does.",
)

DONE, FINDINGS, USAGE, INCOMPLETE = 0, 1, 2, 3

LANGUAGES = ("nl", "en")
Language = Annotated[str, typer.Option("--language", help="Language of the report and of the visitor: nl or en.")]


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise typer.BadParameter(f"expected nl or en, found {value!r}")
    return value


def _version(value: bool) -> None:
    if value:
        OUT.print(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Holds what a website says in its privacy and cookie statement against what it does."""


@app.command()
def crawl(
    sites: Annotated[list[str] | None, typer.Argument(help="Addresses of sites.", metavar="SITE…")] = None,
    sites_file: Annotated[Path | None, typer.Option("--sites", help="File with one site a line.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the runs.")] = Path("runs"),
    proxy: Annotated[
        str | None, typer.Option(help="Send every request of the run through this proxy (http://host:port).")
    ] = None,
    ca_file: Annotated[
        Path | None, typer.Option(help="PEM file with a certificate authority to trust as well.")
    ] = None,
    pages: Annotated[int, typer.Option(min=0, max=50, help="Inner pages a visit, beside the home page.")] = 4,
    language: Language = "nl",
    jobs: Annotated[
        int | None, typer.Option(min=1, max=64, help="Sites at once; default: what this machine carries.")
    ] = None,
    browser: Annotated[
        str | None, typer.Option(help="Path or name of the Chromium to use; default: the first one found.")
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option(help="Exit with 1 when a finding of this severity or graver stands.")
    ] = None,
) -> None:
    """Visit sites, read their statements, judge, and write a report for each."""
    from auditor.crawl.process import Options, crawl_sites

    _language(language)
    if fail_on is not None and fail_on not in [severity.value for severity in Severity]:
        raise typer.BadParameter(f"--fail-on: expected one of {', '.join(Severity)}, found {fail_on!r}")
    if ca_file is not None and not ca_file.is_file():
        raise typer.BadParameter(f"--ca-file: expected a PEM file, found nothing at {ca_file}")
    try:
        seeds, broken = read_seeds(sites or [], sites_file)
    except SeedError as error:
        raise typer.BadParameter(str(error)) from error
    if not seeds and not broken:
        raise typer.BadParameter(
            "expected at least one site or --sites FILE; for example: auditor crawl https://example.nl"
        )
    options = Options(out=out, proxy=proxy, ca_file=ca_file, pages=pages, language=language, jobs=jobs, browser=browser)
    try:
        run = crawl_sites(seeds, broken, options, progress_line)
    except ArtifactError as error:
        fail(str(error), INCOMPLETE)
    if run is None:
        raise typer.Exit(INCOMPLETE)
    summary(run)
    if not run.complete:
        raise typer.Exit(INCOMPLETE)
    if fail_on is not None and _has_findings(run, Severity(fail_on)):
        raise typer.Exit(FINDINGS)


def _has_findings(run: object, limit: Severity) -> bool:
    order = list(Severity)
    graver = set(order[: order.index(limit) + 1])
    return any(
        finding.outcome is Outcome.FAIL and finding.severity in graver
        for done in run.done  # type: ignore[attr-defined]
        if done.audit is not None
        for finding in done.audit.findings
    )


@app.command()
def audit(
    run: Annotated[Path, typer.Argument(help="Folder of a run (DIR/<run>) or of one site in it.")],
    language: Language = "nl",
) -> None:
    """Judge saved records again, without network, and write their audits and reports anew."""
    from auditor.rejudge import record_folders, rejudge

    _language(language)
    try:
        folders = record_folders(run)
        rejudged = rejudge(folders, run, language)
    except ArtifactError as error:
        fail(str(error), USAGE)
    for path in rejudged:
        OUT.print(escape(str(path)))


@app.command()
def read(
    source: Annotated[str, typer.Argument(help="A file, an address, or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print what was read as JSON.")] = False,
    proxy: Annotated[str | None, typer.Option(help="Proxy for an address.")] = None,
    ca_file: Annotated[
        Path | None, typer.Option(help="PEM file with a certificate authority to trust as well.")
    ] = None,
) -> None:
    """Read one statement: its claims, vendors, declared cookies and the duties it meets."""
    from auditor.reader import ReadError, read_source
    from auditor.statement.read import read as read_statement

    try:
        statement = read_source(source, proxy=proxy, ca_file=ca_file)
    except ReadError as error:
        fail(str(error), USAGE)
    reading = read_statement(statement)
    if as_json:
        json.dump(reading_document(reading), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    from auditor.reader import print_reading

    print_reading(statement, reading, OUT)


@app.command()
def find(
    source: Annotated[str, typer.Argument(help="A saved page, an address, or - for standard input.")],
    base: Annotated[str | None, typer.Option(help="Address of a saved page, to make its links absolute.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the addresses as JSON.")] = False,
    language: Language = "nl",
    proxy: Annotated[str | None, typer.Option(help="Proxy for an address.")] = None,
    ca_file: Annotated[
        Path | None, typer.Option(help="PEM file with a certificate authority to trust as well.")
    ] = None,
) -> None:
    """Find the statements that a page links to, best first."""
    from auditor.reader import ReadError, read_page
    from auditor.statement.find import find_in_html

    try:
        html, address = read_page(source, proxy=proxy, ca_file=ca_file)
    except ReadError as error:
        fail(str(error), USAGE)
    found = find_in_html(html, base or address, language)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return
    for role, addresses in found.items():
        for url in addresses:
            OUT.print(f"{role:<8} {escape(url)}")
    if not any(found.values()):
        PROGRESS.print("no link to a statement on this page")


@app.command()
def whois(
    questions: Annotated[
        list[str] | None, typer.Argument(metavar="QUESTION…", help="URL, HOST, cookie:NAME@HOST or storage:KEY@HOST.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line; without QUESTION reads standard input.")
    ] = False,
) -> None:
    """Say who is behind an address, a host, a cookie or a storage key, and how we know."""
    from auditor.trackers import Labeller
    from auditor.whois import answers

    if not questions and not as_json:
        raise typer.BadParameter("expected a URL, HOST, cookie:NAME@HOST or storage:KEY@HOST")
    for found in answers(questions or sys.stdin, Labeller.with_installed_lists()):
        if as_json:
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        elif "error" in found:
            fail(found["error"], USAGE)
        else:
            OUT.print(f"[bold]{escape(found['input'])}[/]")
            for name, value in found.items():
                if name != "input" and value is not None:
                    OUT.print(f"  {name.replace('_', ' ')}: {escape(str(value))}")


@app.command()
def data(
    action: Annotated[
        str,
        typer.Argument(help="status: all lists here; list: the filter lists that can be fetched; update: fetch them."),
    ] = "status",
    force: Annotated[bool, typer.Option(help="Take a list that shrank a great deal as well.")] = False,
    proxy: Annotated[str | None, typer.Option(help="Proxy to fetch through.")] = None,
    ca_file: Annotated[
        Path | None, typer.Option(help="PEM file with a certificate authority to trust as well.")
    ] = None,
) -> None:
    """Show the lists behind the labels, or fetch the filter lists into this user's cache."""
    from auditor.lists import fetcher, words
    from auditor.trackers import lists_store

    if action not in {"status", "list", "update"}:
        raise typer.BadParameter(f"expected status, list or update, found {action!r}")
    if action != "update":
        for state in lists_store.listing() if action == "status" else lists_store.status():
            OUT.print(escape(words(state)))
        return
    try:
        results = lists_store.update(fetcher(proxy, ca_file), force=force)
    except lists_store.ListError as error:
        fail(str(error), INCOMPLETE)
    for result in results:
        OUT.print(escape(f"{result.name:<16} {result.outcome}: {result.reason}"))
    if any(result.outcome == "kept" for result in results):
        raise typer.Exit(INCOMPLETE)


@app.command()
def doctor(
    browser: Annotated[str | None, typer.Option(help="Path or name of the Chromium to use.")] = None,
    proxy: Annotated[str | None, typer.Option(help="Proxy that the crawl is to use.")] = None,
    ca_file: Annotated[
        Path | None, typer.Option(help="PEM file with a certificate authority to trust as well.")
    ] = None,
) -> None:
    """Prove that this machine measures right: browser, data, and a canary page recorded exactly."""
    from auditor.crawl.process import examine

    lines = asyncio.run(examine(browser, proxy, ca_file))
    for name, ok, detail in lines:
        OUT.print(f"{'[green]ok  [/]' if ok else '[bold red]FAIL[/]'} {escape(name)}: {escape(detail)}")
    if not all(ok for _, ok, _ in lines):
        PROGRESS.print("this machine would measure wrong; mend the lines marked FAIL, then run `auditor doctor` again")
        raise typer.Exit(INCOMPLETE)


@app.command()
def checks() -> None:
    """List the checks: id, catalogue numbers, severity, title."""
    from auditor.checks import all_checks

    for check in sorted(all_checks().values(), key=lambda check: check.catalogue):
        OUT.print(f"{','.join(check.catalogue):<8} {check.id:<44} {check.severity:<9} {escape(check.title['en'])}")


@app.command()
def explain(name: Annotated[str, typer.Argument(help="A check's id or catalogue number.")]) -> None:
    """Explain a check: what it looks at, why it matters, when it is wrong, sources."""
    from auditor.checks import all_checks

    known = all_checks()
    found = [c for c in known.values() if name == c.id or name.upper() in c.catalogue]
    if not found:
        fail(f"no check {name!r}; `auditor checks` lists all {len(known)}", USAGE)
    for check in found:
        OUT.print(
            f"[bold]{check.id}[/] ({', '.join(check.catalogue)}, {check.severity})\n{escape(check.title['en'])}\n"
        )
        OUT.print(escape(check.documentation))


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(help="Folder of one site in a run.")],
    language: Language = "nl",
) -> None:
    """Write the report of one site again, for instance in the other language, and print its path."""
    from auditor.rejudge import rejudge

    _language(language)
    try:
        load_record(folder)
        paths = rejudge([folder], folder, language)
    except ArtifactError as error:
        fail(str(error), USAGE)
    OUT.print(escape(str(paths[0])))


if __name__ == "__main__":
    app()
