"""Which elements of a page are not its content: navigation, banners, dialogs, chat, newsletter and share boxes."""

from __future__ import annotations

import re

from lxml import html

SKIPPED_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "select",
        "option",
        "optgroup",
        "textarea",
        "input",
        "datalist",
        "map",
        "math",
        "head",
        "link",
        "meta",
        "title",
        "nav",
        "progress",
        "meter",
        "applet",
        "frame",
        "frameset",
    ]
)
_ROLES = frozenset(
    ["navigation", "search", "menu", "menubar", "tablist", "toolbar", "alert", "alertdialog", "dialog", "status"]
)

# The containers that consent platforms and themes put around their banners, by the names they give them.
_BANNER = re.compile(
    r"cybotcookiebotdialog|onetrust-(?:banner|consent|pc)|ot-sdk-container|cookie-?law-?info-(?:bar|again)|cli-modal|cky-(?:consent|modal|overlay|btn-revisit)"
    r"|cmplz-(?:cookiebanner|manage|soft-cookiewall|blocked)|cc-(?:window|banner|revoke)|cc_(?:banner|container|overlay)|qc-cmp|usercentrics|didomi|iubenda-cs"
    r"|klaro(?:\b|-)|cookie-?notice|moove[_-]gdpr|borlabs-?cookie(?!-?(?:policy|content))|brlbs|tarteaucitron(?:root|alert|big)|axeptio|osano-cm|truste|evidon"
    r"|termly|sp_message|cmpbox|cookiefirst|cookie-script|gdpr-cookie|cookiehub|cookieinfo|real-cookie-banner|rcb-|cm__|pm__|cc--main"
    r"|(?:cookie|consent|gdpr|avg|privacy)[-_ ]*(?:banner|bar|popup|pop-up|modal|overlay|wall|toast|message|melding|balk|layer|dialog|box|alert|drawer|footer|bottom)",
    re.IGNORECASE,
)
# Names of containers that hold a statement or a cookie list: stronger than every rule above.
_CONTENT = re.compile(
    r"cookie-?declaration|cookiedeclaration|cmplz-document|cmplz-cookies-overview|cookies-per-purpose|ot-sdk-cookie-policy|optanon-cookie-policy|cookie-?audit"
    r"|cookielawinfo-|cky-(?:audit|table|cookie)|cookie-(?:policy|table|list|overview|tabel|lijst|verklaring|statement)|privacy-(?:policy|statement|content|verklaring)"
    r"|borlabs-cookie-(?:policy|content)|wt-cli-cookie",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|kruimelpad|nav|navbar|navigation|navigatie|menu|mega-?menu|mobile-?menu|main-?menu|sub-?menu|offcanvas|skip-?links?|skip-to-content"
    r"|site-?header|page-?header-nav|masthead|topbar|top-bar|site-?footer|page-?footer|main-?footer|footer-?(?:widgets?|wrapper|top|bottom|inner|container|menu|columns?)|colophon|copyright"
    r"|sidebar|side-bar|widget-area|share|sharing|share-buttons|social-?(?:share|icons?|links?|media-icons)|addtoany[\w-]*|sharedaddy|related(?:-posts)?|comments?|comment-respond"
    r"|pagination|post-navigation|print-button|back-to-top|scroll-top|language-?(?:switch(?:er)?|selector)|lang-switcher|wpml-ls[\w-]*|search-?form|searchbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:^|[\s_-])(?:newsletter|nieuwsbrief|mailchimp|mc4wp[\w-]*|subscribe|chat|chatbox|livechat|chat-widget|intercom[\w-]*|tawk[\w-]*|crisp[\w-]*|tidio[\w-]*|zsiq[\w-]*|popup|pop-up|modal|cart|minicart|mini-cart|winkelwagen|basket|login|search)(?:$|[\s_-])",
    re.IGNORECASE,
)


def is_chrome(element: html.HtmlElement, *, in_main: bool) -> bool:  # noqa: PLR0911 - guard clauses, one answer each
    """Whether an element with all it holds is left out.

    `in_main`: it stands inside the page's main or article element, where `header`, `footer` and `aside` are content.
    """
    tag = element.tag
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    if _CONTENT.search(names):
        return False
    role = (element.get("role") or "").lower()
    if role in _ROLES and not (role == "dialog" and in_main):
        return True
    if not in_main and (tag in {"header", "footer", "aside"} or role in {"banner", "contentinfo", "complementary"}):
        return True
    if tag in {"body", "main", "html"} or names == " ":
        return False
    if _BANNER.search(names):
        return True
    if _FURNITURE.search(names):
        return not (in_main and tag in {"section", "article"})
    return bool(_BOX.search(names)) and (not in_main or _has_form(element))


def _has_form(element: html.HtmlElement) -> bool:
    return (
        element.find(".//form") is not None
        or element.find(".//input") is not None
        or element.find(".//iframe") is not None
    )


def is_menu(element: html.HtmlElement) -> bool:
    """Whether a list is a menu without the name: at least three links to elsewhere, and next to no other text."""
    links = element.findall(".//a")
    if len(links) < 3 or all((link.get("href") or "#").startswith("#") for link in links):
        return False
    linked = sum(len((link.text_content() or "").split()) for link in links)
    words = len((element.text_content() or "").split())
    return linked >= 0.85 * words and words <= 6 * len(links)
