"""The vocabulary. Read this first: every other module speaks in these words, and a new word starts here.

Standard library only; every class is frozen and keyword-only. Times are UTC in ISO 8601, `t_ms` counts
milliseconds from the start of the visit, and None always means "not measured", never "nothing there".
`auditor.artifacts` turns these classes into files and back; nothing else knows a file format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

SCHEMA = 1
"""Number of the record format. A reader refuses a record with a higher number."""


# --- choices, phases, outcomes -----------------------------------------------------------------------


class Choice(StrEnum):
    """What the visitor does with the banner in one visit."""

    NONE = "none"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"  # accept, then take it back
    PARTIAL = "partial"


class Phase(StrEnum):
    """Where an observation lies relative to the visitor's choice. A response has the phase of its request."""

    BEFORE = "before"
    AFTER = "after"


class Outcome(StrEnum):
    """What a check concludes. PASS needs proof that we looked; missing data is UNDETERMINED."""

    FAIL = "FAIL"
    PASS = "PASS"  # noqa: S105 - an outcome, not a password
    UNDETERMINED = "UNDETERMINED"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Confidence(StrEnum):
    """How firmly a finding stands."""

    CONFIRMED = "confirmed"  # seen in at least two clean profiles
    SEEN_ONCE = "seen-once"  # seen in one profile only
    DOCUMENT = "document"  # the statement's own text decides
    PROXY = "proxy"  # an indirect sign, a person must judge


class Category(StrEnum):
    """What a product is for. One list for signatures, labels, vendors and the report."""

    ADVERTISING = "advertising"
    ANALYTICS = "analytics"
    SOCIAL = "social"
    SESSION_RECORDING = "session-recording"
    TAG_MANAGER = "tag-manager"
    VIDEO = "video"
    MAPS = "maps"
    FONTS = "fonts"
    CHAT = "chat"
    NEWSLETTER = "newsletter"
    PAYMENT = "payment"
    HOSTING = "hosting"  # hosting and content delivery
    SECURITY = "security"  # bot defence, captcha, load balancing
    CONSENT_PLATFORM = "consent-platform"
    AB_TEST = "ab-test"
    ERROR_MONITORING = "error-monitoring"
    CRM = "crm"
    PREFERENCES = "preferences"  # a cookie purpose: language, layout
    FUNCTIONAL = "functional"  # a cookie purpose: session, basket, log-in
    OTHER = "other"
    UNKNOWN = "unknown"


TRACKING = frozenset({Category.ADVERTISING, Category.ANALYTICS, Category.SOCIAL, Category.SESSION_RECORDING})
"""Categories that follow visitors. A tag manager or a font host is not in it: it only carries or serves."""


# --- OBSERVE: what a visit wrote down ----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StackFrame:
    """One line of a call stack, nearest caller first. `url` is '' for code without an address (eval, handler)."""

    url: str
    function: str = ""
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class RequestSent:
    """A request that left the browser (or was answered from its cache or a service worker)."""

    kind: Literal["request"] = "request"
    id: str
    page: int  # index into Visit.pages
    frame: str  # address of the frame that asked
    t_ms: int
    phase: Phase
    url: str
    method: str = "GET"
    resource_type: str = "other"  # document, script, image, xhr, fetch, ping, stylesheet, font, media, websocket, other
    body: str | None = None  # request body, shortened to 4,096 characters
    initiator: tuple[StackFrame, ...] = ()  # nearest first; empty: the document's own markup or not known
    initiator_type: str = "other"  # parser, script, preload, preflight, redirect, service-worker, other
    redirected_from: str | None = None  # id of the request whose answer redirected here
    cookies_sent: tuple[str, ...] | None = None  # names only; None when the browser did not say
    status: int | None = None
    mime_type: str | None = None
    response_headers: dict[str, str] = field(default_factory=dict)  # lower-case names; documents only
    remote_address: str | None = None
    from_cache: bool = False
    failure: str | None = None  # net::ERR_…, blocked reason, or None


@dataclass(frozen=True, kw_only=True)
class CookieOffered:
    """A cookie that a response or a script tried to set, taken raw, whether or not the browser kept it."""

    kind: Literal["cookie-offered"] = "cookie-offered"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    via: Literal["http", "script"]
    raw: str  # the Set-Cookie value or the string given to document.cookie / cookieStore.set
    url: str  # response address (http) or document address (script)
    request: str | None = None  # id of the RequestSent it came with (http)
    blocked_reasons: tuple[str, ...] = ()  # the browser's words; empty: not refused
    stack: tuple[StackFrame, ...] = ()  # writing script (script); the request's initiator chain (http)


@dataclass(frozen=True, kw_only=True)
class CookieHeld:
    """A cookie in the jar when a page had settled (after == False) or at the visit's end."""

    kind: Literal["cookie-held"] = "cookie-held"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    name: str
    value: str
    domain: str  # with the leading dot when the cookie holds for sub-domains
    path: str
    expires_at: str | None  # None: a session cookie
    http_only: bool
    secure: bool
    same_site: str | None
    partition_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class StorageWritten:
    """A key written to web storage, by call or by property, seen as an event or found at the end of a page."""

    kind: Literal["storage"] = "storage"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    area: Literal["local", "session", "indexeddb", "cache"]
    origin: str
    key: str
    value: str | None  # shortened to 2,048 characters; None when not readable
    stack: tuple[StackFrame, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScriptCalled:
    """A call to a browser interface worth knowing about (geolocation, canvas read, sendBeacon …)."""

    kind: Literal["script-call"] = "script-call"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    api: str  # e.g. "Geolocation.getCurrentPosition"
    detail: str | None = None
    stack: tuple[StackFrame, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LinkSeen:
    """A link in the rendered page. `place` is the landmark it stands in."""

    kind: Literal["link"] = "link"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    url: str  # absolute, without fragment unless it is only a fragment
    text: str
    place: Literal["header", "nav", "main", "aside", "footer", "banner", "other"] = "other"
    visible: bool = True
    rel: str = ""


@dataclass(frozen=True, kw_only=True)
class FormFound:
    kind: Literal["form"] = "form"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    action: str  # absolute
    method: str
    fields: tuple[str, ...]  # "type:name"


@dataclass(frozen=True, kw_only=True)
class Control:
    """One thing a visitor can press in a banner. Sizes and places in CSS pixels of the viewport."""

    text: str
    purpose: Literal["accept", "refuse", "settings", "save", "close", "toggle", "link", "other"]
    tag: str  # button, a, div, input …
    layer: int = 1
    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None
    in_view: bool | None = None
    colour: str | None = None
    background: str | None = None
    font_size_px: float | None = None
    font_weight: str | None = None
    checked: bool | None = None  # toggles only
    disabled: bool | None = None
    href: str | None = None
    frame: str = ""


@dataclass(frozen=True, kw_only=True)
class BannerSeen:
    """A consent banner as it stood before any click: what it says and what one can press in it."""

    kind: Literal["banner"] = "banner"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    found_by: str  # "autoconsent:<rule>", "finder"
    platform: str | None  # name of the consent platform where known
    text: str
    language: str | None
    controls: tuple[Control, ...]
    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None
    layers_seen: int = 1
    screenshot: str | None = None  # file name beside the record


@dataclass(frozen=True, kw_only=True)
class ConsentSignal:
    """What a page told others about consent: TCF data, Google Consent Mode calls, GPC."""

    kind: Literal["consent-signal"] = "consent-signal"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    system: str  # "tcf", "google-consent-mode", "gpp", …
    detail: str  # JSON text as given


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """A main-document load: what was asked, where it ended, and how the page came to rest."""

    kind: Literal["navigation"] = "navigation"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    requested: str
    url: str
    status: int | None
    title: str | None
    language: str | None  # the html element's lang
    settled_after_ms: int | None
    settled_because: Literal["quiet", "cap", "not-settled"] = "quiet"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Something that could not be done or seen. Data, not an exception."""

    kind: Literal["failure"] = "failure"
    id: str
    page: int
    frame: str
    t_ms: int
    phase: Phase
    where: str  # e.g. "goto", "recorder:storage", "screenshot"
    reason: str


Observation = (
    RequestSent
    | CookieOffered
    | CookieHeld
    | StorageWritten
    | ScriptCalled
    | LinkSeen
    | FormFound
    | BannerSeen
    | ConsentSignal
    | Navigation
    | Failure
)


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """Under what circumstances a visit was made; printed in every report."""

    browser: str  # "chromium-headless-shell 156.0.8078.79"
    flags: tuple[str, ...]
    third_party_cookies: bool
    user_agent: str
    locale: str
    timezone: str
    viewport: tuple[int, int]
    dnt: bool = False
    gpc: bool = False
    proxy: bool = False
    started_at: str = ""


ChoiceStatus = Literal["made", "no_banner", "not_offered", "click_failed", "not_tried"]


@dataclass(frozen=True, kw_only=True)
class ChoiceResult:
    """How the choice went. `made` says it was verified: banner gone, stored state changed, gone after a reload too.

    `no_banner`: none found on any page. `not_offered`: a banner without this choice. `click_failed`: pressed or
    tried, not proven; whatever follows in that visit has no known consent state. `not_tried`: visit without choice,
    or it broke before. Only `made` makes phase AFTER mean "after this choice".
    """

    status: ChoiceStatus
    how: str | None = None  # "autoconsent:Klaro", "finder: button 'Alles weigeren'"
    clicks: int | None = None
    ms: int | None = None
    verified: tuple[str, ...] = ()  # what proved it: "banner gone", "cookie cc_cookie changed", "gone after reload"
    reason: str | None = None  # for click_failed, not_offered, not_tried


@dataclass(frozen=True, kw_only=True)
class VisitPlan:
    """What one visit is to do. Made by the roof, obeyed by `auditor.browser.visit`."""

    site: str  # address of the home page
    choice: Choice
    repeat: int = 1  # 2 for the confirming visit
    pages: tuple[str, ...] | None = None  # inner pages; None: pick them from the home page's links
    max_inner_pages: int = 4
    language: str = "nl"  # of the visitor: Accept-Language and locale
    viewport: tuple[int, int] = (1366, 768)
    dnt: bool = False
    gpc: bool = False
    screenshots_dir: str | None = None
    time_limit_s: float = 120.0
    settle_quiet_ms: int = 1000
    settle_floor_ms: int = 1000
    settle_cap_ms: int = 6000
    max_requests: int = 3000
    max_bytes: int = 60_000_000


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One run through the site in a clean profile."""

    id: str  # "none-1", "accept-1", "refuse-2"
    site: str
    choice: Choice
    repeat: int
    pages: tuple[str, ...]  # addresses as they ended up, home page first
    conditions: Conditions
    choice_result: ChoiceResult
    failure: str | None  # why the visit as a whole is unusable; None when the home page was seen
    recorded: tuple[str, ...]  # observation kinds whose recorder stood before the first byte
    observations: tuple[Observation, ...]
    screenshots: dict[str, str] = field(default_factory=dict)  # "page-0" -> file name beside the record
    documents: dict[str, str] = field(
        default_factory=dict
    )  # page address -> rendered HTML (home and asked for), cut at 3 MB
    duration_ms: int = 0


# --- the statement, as fetched and as read -----------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StatementSource:
    """A document fetched because it may be the site's statement. Raw; reading it is JUDGE's work."""

    url: str  # where it ended up
    requested: str
    role: Literal["privacy", "cookies", "both", "other"]
    found_by: str  # "footer link 'Privacyverklaring'", "well-known path", "given"
    fetched_at: str
    via: Literal["fetch", "browser", "file"]
    status: int | None
    mime_type: str | None
    sha256: str | None  # of the bytes fetched
    body: str | None  # HTML or text; base64 when `encoding` says so
    encoding: Literal["text", "base64"] = "text"
    failure: str | None = None  # "HTTP 404", "empty", "too large" …


@dataclass(frozen=True, kw_only=True)
class Block:
    """A structural piece of a statement's text: `text[start:end]` of the Statement."""

    type: Literal["heading", "paragraph", "item", "cell", "row"]
    start: int
    end: int
    level: int = 0  # heading level, list depth or table number
    anchor: str | None = None  # id of the element, for a link to the place


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table in the statement; cells are spans into its text."""

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A statement as text. The text is fixed once; every span indexes into it."""

    url: str
    role: Literal["privacy", "cookies", "both", "other"]
    found_by: str
    fetched_at: str
    sha256: str | None
    language: str | None  # "nl", "en", "de", "fr"; other codes are not read; None: too little text
    title: str | None
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[tuple[str, int, int], ...] = ()  # (absolute address or raw '#', start, end of the link text)
    status: Literal["read", "not-a-statement", "unreadable", "language-not-read", "empty"] = "read"
    reason: str | None = None  # for every status but "read"


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A piece of a statement, for a second place that says the same."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One thing the statement says. `statement.text[start:end] == quote`. Kinds and values: METHOD.md."""

    kind: str
    value: str | bool
    quote: str
    start: int
    end: int
    polarity: Literal["affirmed", "denied"] = "affirmed"
    hedge: str | None = None  # "kunnen", "mogelijk" … as the text has it
    condition: str | None = None  # "consent", "law", "use" …
    klass: str = "A"  # A decidable, F falsifiable, P proxy, D document, H human
    phrase: str = ""  # "nl/consent-before/3"
    detail: str | None = None  # e.g. "not-sent"
    also: tuple[Quote, ...] = ()
    statement: int = 0  # index into SiteAudit.statements
    duration_days: float | None = None  # cookie-retention only
    vendor: str | None = None  # when the claim is about one vendor


@dataclass(frozen=True, kw_only=True)
class VendorNamed:
    """A service the statement names."""

    name: str
    entity: str | None
    role: str
    used: bool
    quote: str
    start: int
    end: int
    statement: int = 0


@dataclass(frozen=True, kw_only=True)
class DeclaredCookie:
    """One row of a cookie list. `name` may hold wildcards (`_ga_*`)."""

    name: str
    provider: str | None
    purpose: str | None
    duration: str | None  # as the statement words it
    duration_days: float | None  # 0 for a session cookie
    quote: str
    start: int = 0
    end: int = 0
    statement: int = 0
    source: Literal["statement", "platform"] = "statement"


@dataclass(frozen=True, kw_only=True)
class Item:
    """Whether a topic of GDPR art. 13 is addressed, and where."""

    present: bool
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    values: tuple[str, ...] = ()  # e.g. the legal bases named
    phrase: str | None = None
    statement: int = 0


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read out of one statement."""

    language: str | None
    date_of_version: str | None  # ISO date
    claims: tuple[Claim, ...]
    vendors: tuple[VendorNamed, ...]
    declared_cookies: tuple[DeclaredCookie, ...]
    items: dict[str, Item]
    status: str = "read"
    reason: str | None = None
    also_said: tuple[Claim, ...] = ()  # kinds that readers do not list, for checks only (auditor/statement/kinds.toml)


# --- the record --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class HttpProbe:
    """One plain request made to learn how the host answers (http to https, well-known files)."""

    url: str
    status: int | None
    location: str | None
    failure: str | None
    at: str


@dataclass(frozen=True, kw_only=True)
class SiteRecord:
    """Everything seen of one site in one run, without opinion. What `record.json.gz` holds."""

    schema: int
    tool_version: str
    site: str  # as asked for
    host: str
    run: str
    started_at: str
    finished_at: str
    sources: tuple[StatementSource, ...]  # also those that failed
    search: tuple[str, ...]  # where a statement was looked for, in words
    probes: tuple[HttpProbe, ...]
    visits: tuple[Visit, ...]
    not_measured: str | None  # why nothing could be measured; None when at least one visit saw the home page


# --- JUDGE -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Label:
    """Who is behind an observation and what it is for. Made when judging, never stored at capture."""

    product: str | None
    entity: str | None
    country: str | None  # ISO 3166-1 alpha-2 of the parent's seat
    category: Category
    tracker: bool | None  # None: we cannot tell
    source: str  # "signatures", "third-party-web", "cookie-database", "filter-list", "pattern", "none"
    version: str
    rule: str  # the exact pattern, list line or name that decided
    confidence: Literal["sure", "likely", "weak"] = "sure"
    purpose: str | None = None  # in a few words, for cookies
    lifetime_days: float | None = None  # usual lifetime, for cookies
    event: str | None = None  # for requests: "container", "page-view hit", "static asset", "consent ping" …
    aliases: tuple[str, ...] = ()  # every name under which a statement may speak of it
    cookieless: bool = False  # statistics that keep no number for a visitor


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check says about one subject. (check, subject) is stable from crawl to crawl."""

    check: str  # id = file name, e.g. "tracking-before-choice"
    subject: str  # product, cookie or item the finding is about
    outcome: Outcome
    severity: Severity
    confidence: Confidence
    message: dict[str, str]  # language -> one or two sentences
    evidence: tuple[str, ...]  # "<visit id>/<observation id>", strongest first
    claims: tuple[int, ...]  # indexes into SiteAudit.claims
    catalogue: tuple[str, ...]  # ids of the check catalogue that it answers
    reason: str | None = None  # for UNDETERMINED: what was missing


@dataclass(frozen=True, kw_only=True)
class SiteAudit:
    """The judgement on one record. What `audit.json` holds (together with a summary of the visits)."""

    schema: int
    tool_version: str
    site: str
    host: str
    run: str
    judged_at: str
    lists: dict[str, str]  # list name -> version and date
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    claims: tuple[Claim, ...]
    vendors: tuple[VendorNamed, ...]
    declared_cookies: tuple[DeclaredCookie, ...]
    items: dict[str, Item]
    date_of_version: str | None
    labels: dict[str, Label]  # "<visit id>/<observation id>" -> label
    not_measured: str | None
