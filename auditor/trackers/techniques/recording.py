"""Session recording by behaviour: a script listens to how the visitor moves, scrolls and types, and streams it out.

The listening alone is what any menu does, the sending alone what any counter does; it takes both, by the same script
or for the same owner, and movement among what is listened to. Bot defence and fraud checks do the same and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Category, RequestSent, ScriptCalled, Visit
from auditor.trackers.techniques.view import (
    NOT_FOLLOWING,
    Technique,
    View,
    calls_by_script,
    evidence,
    requests,
    script_of,
)

_LISTENS = "EventTarget.addEventListener"
_MOVES = frozenset({"mousemove", "pointermove", "touchmove"})
_FEWEST_KINDS = 4
_FEWEST_SENT = 2
_SENDING = frozenset({"fetch", "xhr", "ping", "websocket", "other"})
_SNAPSHOT = re.compile(r'"type"\s*:\s*2\s*,\s*"data"\s*:\s*\{\s*"node"')
"""The full snapshot of a page as rrweb, the recorder most products are built on, writes it."""


def find(view: View) -> Iterator[Technique]:
    """One technique per script that listens and streams."""
    for visit in view.visits:
        for script, calls in calls_by_script(visit).items():
            heard = {call.detail: call for call in calls if call.api == _LISTENS and call.detail}
            if len(heard) < _FEWEST_KINDS or not heard.keys() & _MOVES:
                continue
            label = view.label_of(script)
            sent = list(_sent_by(view, visit, script))
            snapshot = [one for one in sent if one.body and _SNAPSHOT.search(one.body)]
            known = label.category is Category.SESSION_RECORDING
            if label.category in NOT_FOLLOWING or not (snapshot or (known and len(sent) >= _FEWEST_SENT)):
                continue
            yield _technique(view, visit, script, list(heard.values()), snapshot or sent)


def _sent_by(view: View, visit: Visit, script: str) -> Iterator[RequestSent]:
    """What the script, or another of its owner, sent with a body or over a socket."""
    owner = view.owner(script)
    for request in requests(visit):
        if request.resource_type not in _SENDING or (request.body is None and request.resource_type != "websocket"):
            continue
        sender = script_of(request.initiator)
        if sender == script or (owner and view.owner(request.url) == owner):
            yield request


def _technique(view: View, visit: Visit, script: str, heard: list[ScriptCalled], sent: list[RequestSent]) -> Technique:
    party = view.owner(script) or view.owner(sent[0].url)
    return Technique(
        kind="session-recording",
        subject=script.partition("?")[0],
        parties=(party,) if party else (),
        detail=f"the script listens to {', '.join(sorted(call.detail or '' for call in heard))} and sends what it hears",
        evidence=evidence(visit, *sent[:5], *heard),
        confidence="sure",
    )
