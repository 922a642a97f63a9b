"""Fingerprinting: a script reads what differs from device to device, in a combination that only serves recognition.

Judged by the calls, script by script: at least two of canvas, graphics card and audio, or one of them with two other
sources (Englehardt 2016 and Iqbal 2021 use the same interfaces). A canvas read alone is an emoji test or a drawing.
Bot defence, fraud checks, error monitors, maps and players have their own reasons and are not reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from auditor.model import TRACKING, Label, ScriptCalled
from auditor.trackers.techniques.view import NOT_FOLLOWING, Technique, View, calls_by_script, evidence
from auditor.urls import host_of, registrable_domain

_MAIN = {
    "HTMLCanvasElement.toDataURL": "canvas",
    "HTMLCanvasElement.toBlob": "canvas",
    "OffscreenCanvas.convertToBlob": "canvas",
    "WebGLRenderingContext.getParameter": "graphics card",
    "WebGL2RenderingContext.getParameter": "graphics card",
    "OfflineAudioContext.startRendering": "audio",
}
_FURTHER = {
    "MediaDevices.enumerateDevices": "cameras and microphones",
    "Navigator.getBattery": "battery",
    "NavigatorUAData.getHighEntropyValues": "device model",
    "RTCPeerConnection.createOffer": "network addresses",
    "RTCPeerConnection.createDataChannel": "network addresses",
}
_SMALLEST_CANVAS = 16
"""Pixels: 1x1 and 2x2 canvases test whether the browser can do something; nothing differs in them."""


def find(view: View) -> Iterator[Technique]:
    """One technique per script."""
    for visit in view.visits:
        for script, calls in calls_by_script(visit).items():
            kinds = {kind: call for call in reversed(calls) if (kind := _kind(call))}
            main = kinds.keys() & set(_MAIN.values())
            if not (len(main) >= 2 or (main and len(kinds) >= 3)):
                continue
            label = view.label_of(script)
            if label.category in NOT_FOLLOWING:
                continue
            yield Technique(
                kind="fingerprinting",
                subject=script.partition("?")[0],
                parties=(_party(label, script),),
                detail=f"the script reads {', '.join(sorted(kinds))}",
                evidence=evidence(visit, *kinds.values()),
                confidence=_confidence(label),
            )


def _kind(call: ScriptCalled) -> str | None:
    kind = _MAIN.get(call.api) or _FURTHER.get(call.api)
    if kind == "canvas" and _is_small(call.detail or ""):
        return None
    return kind


def _is_small(size: str) -> bool:
    width, _, height = size.partition("x")
    return width.isdigit() and height.isdigit() and int(width) * int(height) < _SMALLEST_CANVAS**2


def _party(label: Label, script: str) -> str:
    return label.entity or registrable_domain(host_of(script))


def _confidence(label: Label) -> Literal["sure", "likely"]:
    return "sure" if label.tracker or label.category in TRACKING else "likely"
