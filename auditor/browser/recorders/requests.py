"""Requests: what was sent, by whom, with which cookies, and what came back. WebSockets and beacons included.

Protocol: Network.requestWillBeSent and its ExtraInfo. ExtraInfo events carry the raw headers and come in any order; with
redirects one request id has several hops, and the n-th extra info belongs to the n-th hop that has one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.browser.recorders.log import Command, Handler, Target, VisitLog
from auditor.browser.recorders.stack import from_protocol
from auditor.model import CookieOffered, Phase, RequestSent, StackFrame

BODY_LIMIT = 4096
TYPES = {
    "Document": "document",
    "Stylesheet": "stylesheet",
    "Image": "image",
    "Media": "media",
    "Font": "font",
    "Script": "script",
    "XHR": "xhr",
    "Fetch": "fetch",
    "EventSource": "fetch",
    "WebSocket": "websocket",
    "Ping": "ping",
}
INITIATORS = {
    "parser": "parser",
    "script": "script",
    "preload": "preload",
    "preflight": "preflight",
    "SignedExchange": "other",
}


@dataclass(kw_only=True)
class Hop:
    """One request as it grows, event by event."""

    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    url: str
    method: str
    resource_type: str
    body: str | None
    initiator: tuple[StackFrame, ...]
    initiator_type: str
    redirected_from: str | None
    has_extra: bool = True  # whether raw headers are to be expected
    status: int | None = None
    mime_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    remote_address: str | None = None
    from_cache: bool = False
    failure: str | None = None


@dataclass(kw_only=True)
class Exchange:
    """All hops under one request id, and the raw headers waiting to be joined to them."""

    hops: list[Hop] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    received: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # (t_ms, parameters)


class RequestRecorder:
    kinds: tuple[str, ...] = ("request",)

    def __init__(self, log: VisitLog) -> None:
        self.log = log
        self.exchanges: dict[str, Exchange] = {}
        self.main_document: Hop | None = None  # the top frame's, asked for last
        self._documents: dict[str, Hop] = {}  # by loader id
        self.handlers: Mapping[str, Handler] = {
            "Network.requestWillBeSent": self._sent,
            "Network.requestWillBeSentExtraInfo": self._sent_extra,
            "Network.responseReceived": self._response,
            "Network.responseReceivedExtraInfo": self._response_extra,
            "Network.requestServedFromCache": self._from_cache,
            "Network.loadingFinished": self._finished,
            "Network.loadingFailed": self._failed,
            "Network.dataReceived": self._data,
            "Network.webSocketCreated": self._socket,
            "Network.webSocketHandshakeResponseReceived": self._socket_open,
            "Network.webSocketFrameSent": self._socket_sent,
        }

    def install(self, target: Target) -> Sequence[Command]:
        # Bodies are never asked for: no buffers, no memory.
        return [
            ("Network.enable", {"maxPostDataSize": 4 * BODY_LIMIT, "maxTotalBufferSize": 1, "maxResourceBufferSize": 1})
        ]

    def document(self, loader: str) -> Hop | None:
        """The document a top frame came to show, by the loader id of its navigation."""
        return self._documents.get(loader)

    # --- events

    def _sent(self, target: Target, event: dict[str, Any]) -> None:
        exchange = self.exchanges.setdefault(event["requestId"], Exchange())
        request = event["request"]
        if exchange.hops and "redirectResponse" not in event:
            return  # a document that changes process is told twice
        before = None
        if exchange.hops and (redirect := event.get("redirectResponse")):
            before = exchange.hops[-1]
            before.has_extra = event.get("redirectHasExtraInfo", True)
            _respond(before, redirect)
        kind = TYPES.get(event.get("type", ""), "other")
        frame_id = event.get("frameId", "")
        t_ms, phase = self.log.timeline.moment(event.get("wallTime", 0.0))
        frames = self.log.frames
        is_document = kind == "document"
        asking = (
            (frames.parent_url(frame_id) or request["url"])
            if is_document
            else event.get("documentURL") or frames.url(frame_id)
        )
        initiator = event.get("initiator", {})
        stack = from_protocol(initiator.get("stack"))
        if not stack and initiator.get("url") and initiator.get("type") != "parser":
            stack = (StackFrame(url=initiator["url"], line=None),)
        initiator_type = INITIATORS.get(initiator.get("type", ""), "other")
        if target.type == "service_worker":
            initiator_type = "service-worker"
        hop = Hop(
            id=self.log.timeline.next_id("r"),
            page=self.log.timeline.page,
            frame=asking or target.url,
            t_ms=t_ms,
            phase=before.phase if before else phase,
            url=request["url"] + request.get("urlFragment", ""),
            method=request.get("method", "GET"),
            resource_type=kind,
            body=_body(request),
            initiator=before.initiator if before else stack,
            initiator_type="redirect" if before else initiator_type,
            redirected_from=before.id if before else None,
        )
        if not hop.url.startswith(("data:", "blob:", "about:")):
            self.log.count_request()
            self.log.activity.opened(event["requestId"])
        exchange.hops.append(hop)
        if is_document and target.type == "page" and not target.popup and frame_id == target.id:
            self.main_document = hop
            self._documents[event.get("loaderId", "")] = hop

    def _sent_extra(self, target: Target, event: dict[str, Any]) -> None:
        self.exchanges.setdefault(event["requestId"], Exchange()).sent.append(event)

    def _response(self, target: Target, event: dict[str, Any]) -> None:
        self.log.activity.closed(event["requestId"])
        exchange = self.exchanges.get(event["requestId"])
        if exchange and exchange.hops:
            hop = exchange.hops[-1]
            hop.has_extra = event.get("hasExtraInfo", True)
            _respond(hop, event["response"])

    def _response_extra(self, target: Target, event: dict[str, Any]) -> None:
        exchange = self.exchanges.setdefault(event["requestId"], Exchange())
        exchange.received.append((self.log.timeline.now_ms(), event))

    def _from_cache(self, target: Target, event: dict[str, Any]) -> None:
        exchange = self.exchanges.get(event["requestId"])
        if exchange and exchange.hops:
            exchange.hops[-1].from_cache = True

    def _finished(self, target: Target, event: dict[str, Any]) -> None:
        self.log.activity.closed(event["requestId"])

    def _failed(self, target: Target, event: dict[str, Any]) -> None:
        self.log.activity.closed(event["requestId"])
        exchange = self.exchanges.get(event["requestId"])
        if exchange and exchange.hops:
            reason = event.get("blockedReason") or event.get("errorText") or "failed"
            exchange.hops[-1].failure = f"{reason} (cancelled)" if event.get("canceled") else reason

    def _data(self, target: Target, event: dict[str, Any]) -> None:
        # Both are counted from: a body that is unpacked from little is as heavy as one sent whole.
        self.log.count_bytes(max(event.get("encodedDataLength", 0), event.get("dataLength", 0)))

    def _socket(self, target: Target, event: dict[str, Any]) -> None:
        t_ms, phase = self.log.timeline.now_ms(), self.log.timeline.phase
        initiator = event.get("initiator", {})
        hop = Hop(
            id=self.log.timeline.next_id("r"),
            page=self.log.timeline.page,
            frame=target.url,
            t_ms=t_ms,
            phase=phase,
            url=event["url"],
            method="GET",
            resource_type="websocket",
            body=None,
            initiator=from_protocol(initiator.get("stack")),
            initiator_type=INITIATORS.get(initiator.get("type", ""), "other"),
            redirected_from=None,
        )
        self.log.count_request()
        self.log.activity.touch()
        self.exchanges.setdefault(event["requestId"], Exchange()).hops.append(hop)

    def _socket_open(self, target: Target, event: dict[str, Any]) -> None:
        exchange = self.exchanges.get(event["requestId"])
        if not exchange or not exchange.hops:
            return
        exchange.hops[-1].status = event["response"].get("status")
        if not exchange.received:
            exchange.received.append((self.log.timeline.now_ms(), {"headers": event["response"].get("headers", {})}))

    def _socket_sent(self, target: Target, event: dict[str, Any]) -> None:
        exchange = self.exchanges.get(event["requestId"])
        if exchange and exchange.hops and exchange.hops[-1].body is None:
            exchange.hops[-1].body = event["response"].get("payloadData", "")[:BODY_LIMIT]

    # --- the end

    def finish(self) -> Sequence[RequestSent | CookieOffered]:
        found: list[RequestSent | CookieOffered] = []
        for exchange in self.exchanges.values():
            expecting = [hop for hop in exchange.hops if hop.has_extra]
            sent = dict(zip((hop.id for hop in expecting), exchange.sent, strict=False))
            received = dict(zip((hop.id for hop in expecting), exchange.received, strict=False))
            for hop in exchange.hops:
                if hop.url.startswith(("data:", "about:")):
                    continue
                found.append(_request(hop, sent.get(hop.id)))
                if hop.id in received:
                    found.extend(self._offered(hop, *received[hop.id]))
        return found

    def _offered(self, hop: Hop, t_ms: int, event: dict[str, Any]) -> list[CookieOffered]:
        headers = event.get("headers", {})
        lines = next((value for name, value in headers.items() if name.lower() == "set-cookie"), "")
        blocked = {
            item.get("cookieLine", ""): item.get("blockedReasons", []) for item in event.get("blockedCookies", ())
        }
        return [
            CookieOffered(
                id=self.log.timeline.next_id("o"),
                page=hop.page,
                frame=hop.frame,
                t_ms=t_ms,
                phase=hop.phase,
                via="http",
                raw=line,
                url=hop.url,
                request=hop.id,
                blocked_reasons=tuple(blocked.get(line, ())),
                stack=hop.initiator,
            )
            for line in lines.split("\n")
            if line.strip()
        ]


def _request(hop: Hop, sent: dict[str, Any] | None) -> RequestSent:
    names = None
    if sent is not None:
        cookies = sent.get("associatedCookies", ())
        names = tuple(item["cookie"]["name"] for item in cookies if not item.get("blockedReasons"))
    return RequestSent(
        id=hop.id,
        page=hop.page,
        frame=hop.frame,
        t_ms=hop.t_ms,
        phase=hop.phase,
        url=hop.url,
        method=hop.method,
        resource_type=hop.resource_type,
        body=hop.body,
        initiator=hop.initiator,
        initiator_type=hop.initiator_type,
        redirected_from=hop.redirected_from,
        cookies_sent=names,
        status=hop.status,
        mime_type=hop.mime_type,
        response_headers=hop.headers if hop.resource_type == "document" else {},
        remote_address=hop.remote_address,
        from_cache=hop.from_cache,
        failure=hop.failure,
    )


def _respond(hop: Hop, response: dict[str, Any]) -> None:
    hop.status = response.get("status")
    hop.mime_type = response.get("mimeType") or None
    hop.remote_address = response.get("remoteIPAddress") or None
    hop.from_cache = hop.from_cache or bool(response.get("fromDiskCache") or response.get("fromPrefetchCache"))
    if hop.resource_type == "document":
        hop.headers = {
            name.lower(): value for name, value in response.get("headers", {}).items() if name.lower() != "set-cookie"
        }


def _body(request: dict[str, Any]) -> str | None:
    body = request.get("postData")
    return body[:BODY_LIMIT] if isinstance(body, str) else None
