"""Call stacks as the browser or the page hook tells them, to StackFrame."""

from __future__ import annotations

import re
from typing import Any

from auditor.model import StackFrame

MAX_FRAMES = 30
_EVAL_AT = re.compile(r"\(((?:https?|blob|file):[^()\s]+?):\d+:\d+\)")


def from_protocol(trace: dict[str, Any] | None) -> tuple[StackFrame, ...]:
    """Runtime.StackTrace, async parents included, nearest caller first. Protocol lines count from 0."""
    found: list[StackFrame] = []
    while trace and len(found) < MAX_FRAMES:
        for frame in trace.get("callFrames", ()):
            line = frame.get("lineNumber", -1)
            found.append(
                StackFrame(
                    url=frame.get("url", ""),
                    function=frame.get("functionName", ""),
                    line=line + 1 if line >= 0 else None,
                )
            )
        trace = trace.get("parent")
    return tuple(_without_hook(found)[:MAX_FRAMES])


def from_hook(text: str) -> tuple[StackFrame, ...]:
    """The hook's own format: function, address, line, origin of eval'd code; sites parted by \\x02, fields by \\x03.

    Code made by eval has no address of its own: it gets that of the script that called eval.
    """
    found = []
    for site in text.split("\x02") if text else ():
        function, url, line, eval_origin = (site.split("\x03") + [""] * 4)[:4]
        if not url and (at := _EVAL_AT.findall(eval_origin)):
            url = at[-1]
        found.append(StackFrame(url=url, function=function, line=int(line) if line.isdigit() else None))
    return tuple(_without_hook(found)[:MAX_FRAMES])


def _without_hook(frames: list[StackFrame]) -> list[StackFrame]:
    """Our own hook stands nearest to the call, without an address."""
    start = 0
    while start < len(frames) and not frames[start].url and frames[start].function in _HOOK_FUNCTIONS:
        start += 1
    return frames[start:]


_HOOK_FUNCTIONS = frozenset({"apply", "Object.apply", "stack", "before", "report", "call", "hooked", "", "set"})
