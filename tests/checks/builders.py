"""Records built by hand, for judging: visits, what was seen in them and what the statement says, in a few words each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from auditor.checks import all_checks
from auditor.evidence import Evidence
from auditor.evidence.verdict import Verdict
from auditor.model import (
    SCHEMA,
    BannerSeen,
    Block,
    Category,
    Choice,
    ChoiceResult,
    Claim,
    Conditions,
    Control,
    CookieHeld,
    CookieOffered,
    DeclaredCookie,
    FormFound,
    HttpProbe,
    Item,
    Label,
    LinkSeen,
    Navigation,
    Observation,
    Outcome,
    Phase,
    RequestSent,
    ScriptCalled,
    SiteRecord,
    StackFrame,
    Statement,
    StatementSource,
    StorageWritten,
    VendorNamed,
    Visit,
)

SITE = "https://example.com/"
STARTED = "2026-11-22T10:00:00+00:00"
KINDS = (
    "request", "cookie-offered", "cookie-held", "storage", "script-call", "link", "form", "banner",
    "consent-signal", "navigation", "failure",
)  # fmt: skip
ITEMS = (
    "controller-identity", "controller-contact", "dpo-contact", "purposes", "legal-basis", "legitimate-interest-named",
    "recipients", "third-country-transfer", "retention-period", "right-access", "right-rectification", "right-erasure",
    "right-restriction", "right-portability", "right-object", "right-withdraw-consent", "right-complaint-authority",
    "automated-decision-making", "source-of-data", "statutory-requirement", "change-notice", "date-of-version",
    "chamber-of-commerce-number",
)  # fmt: skip


def label(
    product: str | None,
    entity: str | None = None,
    category: Category = Category.UNKNOWN,
    *,
    tracker: bool | None = True,
    country: str | None = "US",
    confidence: str = "sure",
    event: str | None = None,
    aliases: tuple[str, ...] = (),
    source: str = "signatures",
) -> Label:
    return Label(
        product=product,
        entity=entity,
        country=country,
        category=category,
        tracker=tracker,
        source=source,
        version="test",
        rule="test",
        confidence=confidence,  # type: ignore[arg-type]
        event=event,
        aliases=aliases,
    )


META = label(
    "Meta Pixel", "Meta", Category.ADVERTISING, event="page-view hit", aliases=("Facebook Pixel", "Facebook", "Meta")
)
META_COOKIE = label("Meta Pixel", "Meta", Category.ADVERTISING, aliases=("Facebook Pixel", "Facebook", "Meta"))
META_SCRIPT = label(
    "Meta Pixel", "Meta", Category.ADVERTISING, event="pixel script", aliases=("Facebook Pixel", "Facebook", "Meta")
)
LIKE_BUTTON = label("Facebook Social Plugins", "Meta", Category.SOCIAL, event="widget", aliases=("Facebook",))
FACEBOOK_FILE = label("Facebook Social Plugins", "Meta", Category.SOCIAL, tracker=False, event="static asset")

ADS = label("Google Ads", "Google", Category.ADVERTISING, event="hit", aliases=("DoubleClick", "Google AdWords"))
GA = label("Google Analytics", "Google", Category.ANALYTICS, event="page-view hit", aliases=("GA4",))
GA_COOKIE = label("Google Analytics", "Google", Category.ANALYTICS)
GTM = label("Google Tag Manager", "Google", Category.TAG_MANAGER, tracker=False, event="container")
MATOMO = label("Matomo", "InnoCraft", Category.ANALYTICS, country="NZ", event="page-view hit")
HOTJAR = label("Hotjar", "Contentsquare", Category.SESSION_RECORDING, country="FR", event="data hit")
HOTJAR_SCRIPT = label(
    "Hotjar", "Contentsquare", Category.SESSION_RECORDING, country="FR", tracker=False, event="script"
)
FONTS = label("Google Fonts", "Google", Category.FONTS, tracker=False, event="static asset")
MAPS = label("Google Maps", "Google", Category.MAPS, tracker=False, event="contact")
SECURITY = label("Cloudflare", "Cloudflare", Category.SECURITY, tracker=False)
CMP = label("Cookiebot", "Usercentrics", Category.CONSENT_PLATFORM, tracker=False, country="DE")
PHP = label("PHP", None, Category.FUNCTIONAL, tracker=False, country=None)
UNKNOWN = label(None, None, Category.UNKNOWN, tracker=None, country=None, confidence="weak", source="none")

FACEBOOK_HIT = "https://www.facebook.com/tr?id=1&ev=PageView"
FACEBOOK_SCRIPT = "https://connect.facebook.net/en_US/fbevents.js"
GA_HIT = "https://region1.google-analytics.com/g/collect?v=2&tid=G-AB12CD34&cid=1.2"
ADS_HIT = "https://googleads.g.doubleclick.net/pagead/viewthroughconversion/1/?url=x"
FBP = "_fbp=fb.1.1700000000000.123456789; Max-Age=7776000"
GA_SET = "_ga=GA1.1.123456789.1700000000; Max-Age=63072000"


@dataclass
class VisitBuilder:
    """One visit being put together. `after=True`: on a page loaded after the choice; `at_once=True`: right at the click."""

    scene: Scene
    choice: Choice
    repeat: int = 1
    status: str = "not_tried"
    clicks: int | None = None
    reason: str | None = None
    failure: str | None = None
    recorded: tuple[str, ...] = KINDS
    third_party_cookies: bool = True
    pages: tuple[str, ...] = (SITE, SITE + "contact")
    observations: list[Observation] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.choice}-{self.repeat}"

    def _place(self, after: bool, at_once: bool, page: int) -> dict[str, Any]:
        t_ms = 5000 if at_once else 9000 if after else 1000
        phase = Phase.AFTER if after or at_once else Phase.BEFORE
        return {"id": f"o{len(self.observations)}", "page": page, "frame": "", "t_ms": t_ms, "phase": phase}

    def _add(self, observation: Observation, given: Label | None = None) -> VisitBuilder:
        self.observations.append(observation)
        if given is not None:
            self.scene.labels[f"{self.id}/{observation.id}"] = given
        return self

    def loads(self, url: str = SITE, *, after: bool = False, status: int = 200, page: int = 0) -> VisitBuilder:
        place = self._place(after, False, page) | {"t_ms": 8000 if after else 100}
        return self._add(
            Navigation(**place, requested=url, url=url, status=status, title=None, language="nl", settled_after_ms=1000)
        )

    def request(
        self, url: str, given: Label, *, after: bool = False, at_once: bool = False, page: int = 0, **more: Any
    ) -> VisitBuilder:
        place = self._place(after, at_once, page)
        more = {"status": 200, "resource_type": "image"} | more
        return self._add(RequestSent(**place, url=url, **more), given)

    def cookie(
        self,
        raw: str,
        given: Label,
        *,
        after: bool = False,
        at_once: bool = False,
        page: int = 0,
        url: str = SITE,
        script: str | None = None,
        blocked: tuple[str, ...] = (),
    ) -> VisitBuilder:
        return self._add(
            CookieOffered(
                **self._place(after, at_once, page),
                via="script" if script else "http",
                raw=raw,
                url=url,
                stack=(StackFrame(url=script),) if script else (),
                blocked_reasons=blocked,
            ),
            given,
        )

    def held(
        self,
        name: str,
        value: str,
        given: Label,
        *,
        after: bool = False,
        at_once: bool = False,
        domain: str = "example.com",
    ) -> VisitBuilder:
        return self._add(
            CookieHeld(
                **self._place(after, at_once, 0),
                name=name,
                value=value,
                domain=domain,
                path="/",
                expires_at=None,
                http_only=False,
                secure=True,
                same_site="Lax",
            ),
            given,
        )

    def storage(self, key: str, value: str | None, given: Label, *, after: bool = False) -> VisitBuilder:
        place = self._place(after, False, 0)
        return self._add(StorageWritten(**place, area="local", origin=SITE.rstrip("/"), key=key, value=value), given)

    def calls(self, api: str, *, after: bool = False) -> VisitBuilder:
        return self._add(ScriptCalled(**self._place(after, False, 0), api=api))

    def link(self, url: str, text: str) -> VisitBuilder:
        return self._add(LinkSeen(**self._place(False, False, 0), url=url, text=text, place="footer"))

    def form(self, action: str, *fields: str) -> VisitBuilder:
        return self._add(FormFound(**self._place(False, False, 0), action=action, method="post", fields=fields))

    def banner(self, *controls: Control, text: str = "Wij gebruiken cookies.", language: str = "nl") -> VisitBuilder:
        return self._add(
            BannerSeen(
                **self._place(False, False, 0),
                found_by="finder",
                platform=None,
                text=text,
                language=language,
                controls=controls,
            )
        )

    def build(self) -> Visit:
        return Visit(
            id=self.id,
            site=SITE,
            choice=self.choice,
            repeat=self.repeat,
            pages=self.pages,
            conditions=Conditions(
                browser="test",
                flags=(),
                third_party_cookies=self.third_party_cookies,
                user_agent="test",
                locale="nl-NL",
                timezone="Europe/Amsterdam",
                viewport=(1366, 768),
                started_at=STARTED,
            ),
            choice_result=ChoiceResult(
                status=self.status,  # type: ignore[arg-type]
                clicks=self.clicks,
                reason=self.reason,
            ),
            failure=self.failure,
            recorded=self.recorded,
            observations=tuple(self.observations),
        )


@dataclass
class Scene:
    """A site with its visits and its statement."""

    visits: list[VisitBuilder] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    sources: list[StatementSource] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    vendors: list[VendorNamed] = field(default_factory=list)
    declared: list[DeclaredCookie] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    probes: list[HttpProbe] = field(default_factory=list)
    date: str | None = None
    search: tuple[str, ...] = ("links of the home page",)

    # --- visits

    def visit(self, choice: str = "none", repeat: int = 1, *, status: str | None = None, **more: Any) -> VisitBuilder:
        """A visit with every recorder in place; accept and refuse visits have made their choice unless told otherwise."""
        made = status or ("not_tried" if choice == "none" else "made")
        builder = VisitBuilder(scene=self, choice=Choice(choice), repeat=repeat, status=made, **more)
        builder.loads()
        builder.observations.append(_document(builder))
        if made == "made":
            builder.loads(after=True)
        self.visits.append(builder)
        return builder

    # --- statement

    def says(
        self, text: str = "Privacyverklaring.", *, role: str = "privacy", status: str = "read", **more: Any
    ) -> Scene:
        """Add a document; its topics are all absent unless `has` says otherwise."""
        url = more.pop("url", f"{SITE}{role}")
        language = more.pop("language", "nl")
        self.statements.append(
            Statement(
                url=url,
                role=role,  # type: ignore[arg-type]
                found_by="footer link",
                fetched_at=STARTED,
                sha256="0",
                language=language,
                title=None,
                text=text,
                status=status,  # type: ignore[arg-type]
                **more,
            )
        )
        if status == "read":
            for name in ITEMS:
                self.items.setdefault(name, Item(present=False))
        return self

    def claim(self, kind: str, value: str | bool, quote: str = "Zo staat het er.", **more: Any) -> Scene:
        start = more.pop("start", len(self.claims) * 1000)
        more.setdefault("statement", 0)
        self.claims.append(Claim(kind=kind, value=value, quote=quote, start=start, end=start + len(quote), **more))
        return self

    def names(
        self, name: str, *, role: str = "other", used: bool = True, entity: str | None = None, quote: str = ""
    ) -> Scene:
        self.vendors.append(
            VendorNamed(name=name, entity=entity, role=role, used=used, quote=quote or name, start=0, end=0)
        )
        return self

    def declares(self, name: str, days: float | None = None, **more: Any) -> Scene:
        at = 100 * len(self.declared)
        row = {"provider": None, "purpose": None, "duration": None, "quote": name, "start": at, "end": at + 50} | more
        self.declared.append(DeclaredCookie(name=name, duration_days=days, **row))
        return self

    def has(self, item: str, quote: str = "Dat staat er.", values: tuple[str, ...] = ()) -> Scene:
        self.items[item] = Item(present=True, quote=quote, values=values)
        return self

    def has_everything(self) -> Scene:
        for name in ITEMS:
            self.has(name)
        return self

    def source(self, url: str, role: str, **more: Any) -> Scene:
        given = {"status": 200, "failure": None, "body": "", "found_by": "footer link"} | more
        self.sources.append(
            StatementSource(
                url=url,
                requested=url,
                role=role,  # type: ignore[arg-type]
                fetched_at=STARTED,
                via="fetch",
                mime_type="text/html",
                sha256="0",
                **given,
            )
        )
        return self

    def probe(self, status: int | None, location: str | None = None, failure: str | None = None) -> Scene:
        url = "http://example.com/"
        self.probes.append(HttpProbe(url=url, status=status, location=location, failure=failure, at=STARTED))
        return self

    # --- judging

    def record(self) -> SiteRecord:
        return SiteRecord(
            schema=SCHEMA,
            tool_version="0",
            site=SITE,
            host="example.com",
            run="test",
            started_at=STARTED,
            finished_at=STARTED,
            sources=tuple(self.sources),
            search=self.search,
            probes=tuple(self.probes),
            visits=tuple(builder.build() for builder in self.visits),
            not_measured=None if self.visits else "no visit",
        )

    def evidence(self) -> Evidence:
        return Evidence(
            record=self.record(),
            labels=self.labels,
            statements=tuple(self.statements),
            claims=tuple(self.claims),
            vendors=tuple(self.vendors),
            declared=tuple(self.declared),
            items=self.items or None,
            date_of_version=self.date,
        )

    def judge(self, check: str) -> list[Verdict]:
        """The check's verdicts, with its own severity where a verdict gives none."""
        known = all_checks()[check]
        return [replace(v, severity=v.severity or known.severity) for v in known.run(self.evidence())]

    def outcomes(self, check: str) -> dict[str, Outcome]:
        """Subject -> outcome. A subject that is judged twice is a mistake of the check."""
        verdicts = self.judge(check)
        assert len({v.subject for v in verdicts}) == len(verdicts), "one verdict per subject"
        return {v.subject: v.outcome for v in verdicts}


def _document(builder: VisitBuilder) -> RequestSent:
    return RequestSent(
        id="document", page=0, frame="", t_ms=50, phase=Phase.BEFORE, url=SITE, resource_type="document", status=200
    )


def three_visits(scene: Scene) -> tuple[VisitBuilder, VisitBuilder, VisitBuilder]:
    """None, accept and refuse, the choices made."""
    return scene.visit("none"), scene.visit("accept"), scene.visit("refuse")


def button(text: str, purpose: str, **more: Any) -> Control:
    given = {"tag": "button", "width": 120.0, "height": 40.0, "x": 0.0, "y": 0.0, "in_view": True} | more
    return Control(text=text, purpose=purpose, **given)  # type: ignore[arg-type]


def heading(text: str, title: str) -> Block:
    """The block of a heading in a statement's text."""
    start = text.index(title)
    return Block(type="heading", start=start, end=start + len(title), level=2)
