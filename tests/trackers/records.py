"""Small records put together by hand: visits in clean profiles with the observations a test needs."""

from __future__ import annotations

from typing import Any

from auditor.model import (
    SCHEMA,
    Choice,
    ChoiceResult,
    Conditions,
    CookieHeld,
    CookieOffered,
    LinkSeen,
    Navigation,
    Observation,
    Phase,
    RequestSent,
    ScriptCalled,
    SiteRecord,
    StackFrame,
    StorageWritten,
    Visit,
)

SITE = "https://www.example.com/"
STARTED = "2026-11-22T10:00:00+00:00"


class Profile:
    """One visit; observations come a tenth of a second after each other."""

    def __init__(self, number: int, choice: Choice = Choice.NONE) -> None:
        self.id = f"{choice}-{number}"
        self.choice = choice
        self.repeat = number
        self.failure: str | None = None
        self.seen: list[Observation] = []

    def _place(self) -> dict[str, Any]:
        number = len(self.seen)
        return {"id": f"o{number}", "page": 0, "frame": SITE, "t_ms": 100 * number, "phase": Phase.BEFORE}

    def cookie(self, name: str, *values: str, domain: str = "www.example.com") -> Profile:
        """The jar's content, read once for each value."""
        for value in values:
            self.seen.append(
                CookieHeld(
                    **self._place(),
                    name=name,
                    value=value,
                    domain=domain,
                    path="/",
                    expires_at=None,
                    http_only=False,
                    secure=True,
                    same_site=None,
                )
            )
        return self

    def offered(self, raw: str) -> Profile:
        self.seen.append(CookieOffered(**self._place(), via="script", raw=raw, url=SITE))
        return self

    def key(self, name: str, *values: str, area: Any = "local", script: str = "") -> Profile:
        stack = (StackFrame(url=script),) if script else ()
        for value in values:
            self.seen.append(
                StorageWritten(**self._place(), area=area, origin=SITE.rstrip("/"), key=name, value=value, stack=stack)
            )
        return self

    def request(self, url: str, kind: str = "xhr", *, body: str | None = None, by: str = "") -> Profile:
        chain = (StackFrame(url=by),) if by else ()
        self.seen.append(
            RequestSent(**self._place(), url=url, resource_type=kind, body=body, initiator=chain, status=200)
        )
        return self

    def calls(self, script: str, *apis: str) -> Profile:
        """Calls by a script: "Interface.method" or "Interface.method detail"."""
        for api in apis:
            name, _, detail = api.partition(" ")
            self.seen.append(
                ScriptCalled(**self._place(), api=name, detail=detail or None, stack=(StackFrame(url=script),))
            )
        return self

    def loads(self, url: str) -> Profile:
        self.seen.append(
            Navigation(
                **self._place(), requested=url, url=url, status=200, title=None, language="nl", settled_after_ms=1000
            )
        )
        return self

    def link(self, url: str) -> Profile:
        self.seen.append(LinkSeen(**self._place(), url=url, text="partner"))
        return self

    def build(self) -> Visit:
        return Visit(
            id=self.id,
            site=SITE,
            choice=self.choice,
            repeat=self.repeat,
            pages=(SITE,),
            conditions=Conditions(
                browser="chromium",
                flags=(),
                third_party_cookies=True,
                user_agent="",
                locale="nl-NL",
                timezone="Europe/Amsterdam",
                viewport=(1366, 768),
                started_at=STARTED,
            ),
            choice_result=ChoiceResult(status="not_tried"),
            failure=self.failure,
            recorded=(),
            observations=tuple(self.seen),
        )


def record(*profiles: Profile) -> SiteRecord:
    return SiteRecord(
        schema=SCHEMA,
        tool_version="0",
        site=SITE,
        host="www.example.com",
        run="test",
        started_at=STARTED,
        finished_at=STARTED,
        sources=(),
        search=(),
        probes=(),
        visits=tuple(profile.build() for profile in profiles),
        not_measured=None,
    )
