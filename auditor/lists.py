"""`auditor data`: the lists on this machine, and fetching the filter lists anew."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from auditor.trackers.lists_store import MOST_BYTES, Fetched, ListState

TIME_LIMIT_S = 60


def fetcher(proxy: str | None, ca_file: Path | None) -> Callable[[str, Mapping[str, str]], Fetched]:
    """A function that fetches one list. A failure of the network is an answer with words, not an error."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=context)]
    if proxy is not None:
        handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    opener = urllib.request.build_opener(*handlers)

    def fetch(url: str, headers: Mapping[str, str]) -> Fetched:
        request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - the addresses are our own constants
        try:
            with opener.open(request, timeout=TIME_LIMIT_S) as answer:
                return Fetched(status=answer.status, body=answer.read(MOST_BYTES + 1), headers=dict(answer.headers))
        except urllib.error.HTTPError as error:
            return Fetched(status=error.code, headers=dict(error.headers))
        except OSError as error:
            return Fetched(status=0, failure=str(getattr(error, "reason", error)))

    return fetch


def words(state: ListState) -> str:
    """One list on one line: name, where it is, version, entries, date, licence, what is wrong with it."""
    parts = [
        f"{state.name:<16}",
        state.place,
        f"version {state.version}" if state.version else "",
        f"{state.entries} entries" if state.entries is not None else "",
        f"fetched {state.fetched_at}" if state.fetched_at else "",
        state.licence,
        state.origin,
        f"problem: {state.problem}" if state.problem else "",
    ]
    return "  ".join(part for part in parts if part)
