"""How the browser is started, and who it says it is. A flag changes what is measured: each has its reason here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from auditor.browser.build import BrowserBuild

CANARY_FIRST, CANARY_THIRD = "canary-first.localhost", "canary-third.localhost"
"""Hosts of the self-test. Always this machine, never through the proxy; sites cannot use them (RFC 6761: localhost)."""

TIMEZONE = "Europe/Amsterdam"

# Nothing may load that the site did not ask for, and a default user's protections stay as they are. So this is
# Playwright's list without ThirdPartyStoragePartitioning (a default user has it on) and without its test-only entries.
DISABLED_FEATURES = (
    "AimEnabled",
    "AutofillServerCommunication",
    "CertificateTransparencyComponentUpdater",
    "DestroyProfileOnBrowserClose",
    "GlobalMediaControls",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "InterestFeedContentSuggestions",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "OptimizationGuideModelDownloading",
    "PaintHolding",
    "PreconnectToSearch",
    "Translate",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)
FLAGS = (
    "--headless",
    "--remote-debugging-port=0",
    "--disable-blink-features=AutomationControlled",  # consent platforms hide from robots
    # no traffic of the browser's own
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-service-autorun",
    "--disable-quic",  # the proxy and the recorder see HTTP/1.1 and HTTP/2
    # a page behaves as if it were looked at
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-hang-monitor",
    "--disable-back-forward-cache",
    # runs without a screen, in small containers
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    "--no-startup-window",
)
PREFERENCES: dict[str, Any] = {
    # A default user gets third-party cookies; Debian's Chromium blocks them in clean contexts unless told.
    "profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False},
    "safebrowsing": {"enabled": False},
    "net": {"network_prediction_options": 2},
    "translate": {"enabled": False},
    "credentials_enable_service": False,
}


def launch_flags(
    build: BrowserBuild, *, folder: str, proxy: str | None, resolver_rules: str | None, extra: Sequence[str] = ()
) -> list[str]:
    """The whole command line but the executable. `folder` is the user data directory."""
    rules = [f"MAP {host} 127.0.0.1" for host in (CANARY_FIRST, CANARY_THIRD)]
    flags = list(FLAGS)
    flags += [
        f"--user-data-dir={folder}",
        f"--user-agent={user_agent(build)}",
        f"--disable-features={','.join(DISABLED_FEATURES)}",
        f"--host-resolver-rules={', '.join(rules + ([resolver_rules] if resolver_rules else []))}",
    ]
    if proxy:
        # <-loopback> takes away the browser's own exception for local addresses.
        flags += [f"--proxy-server={proxy}", f"--proxy-bypass-list=<-loopback>;{CANARY_FIRST};{CANARY_THIRD}"]
    else:
        flags.append("--no-proxy-server")
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to run as root with it
    return [*flags, *extra]


def told_flags(flags: Sequence[str]) -> tuple[str, ...]:
    """The flags as written in a record: without paths of this machine."""
    return tuple(flag for flag in flags if not flag.startswith(("--user-data-dir", "--host-resolver-rules", "--proxy")))


def user_agent(build: BrowserBuild) -> str:
    """What an ordinary Chrome of this version on Linux says."""
    return f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{build.major}.0.0.0 Safari/537.36"


def identity(build: BrowserBuild, language: str) -> dict[str, Any]:
    """Parameters of Emulation.setUserAgentOverride: user agent, languages and client hints without "Headless"."""
    brands = [
        ("Not;A=Brand", "8", "8.0.0.0"),
        ("Chromium", build.major, build.version),
        ("Google Chrome", build.major, build.version),
    ]
    return {
        "userAgent": user_agent(build),
        "acceptLanguage": accept_language(language),
        "platform": "Linux x86_64",
        "userAgentMetadata": {
            "brands": [{"brand": brand, "version": short} for brand, short, _ in brands],
            "fullVersionList": [{"brand": brand, "version": full} for brand, _, full in brands],
            "platform": "Linux",
            "platformVersion": "6.8.0",
            "architecture": "x86",
            "bitness": "64",
            "model": "",
            "mobile": False,
            "wow64": False,
        },
    }


def locale_of(language: str) -> str:
    """The locale of a visitor who speaks the language, as in "nl-NL"."""
    return {"en": "en-GB", "da": "da-DK", "sv": "sv-SE"}.get(language, f"{language}-{language.upper()}")


def accept_language(language: str) -> str:
    if language == "en":
        return "en-GB,en"
    return f"{locale_of(language)},{language},en-US,en"
