"""What a cookie's name looks like, also with wildcards and with several names in one cell."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

# Names that are ordinary words or too short to be told by their form; sites meet them in practice.
_LISTS = tomllib.loads(resources.files("auditor.statement").joinpath("cookie_names.toml").read_text(encoding="utf-8"))
_KNOWN = frozenset(_LISTS["known"].split())
_PREFIX = re.compile(
    r"^(?:_{1,3}[A-Za-z0-9]|wp[-_]|wordpress_|woocommerce_|wc_|mp_|amp[-_]|ajs_|hj|_hj|OptanonC|OptanonA|Cookiebot|CookieConsent|cookie[-_](?:consent|notice|law|agreed|accept)|cookielawinfo|cmplz_|complianz_|cli_|cky-|moove_|borlabs|klaro|tarteaucitron|axeptio_|didomi_|euconsent|"
    r"PHPSESS|JSESSION|ASP\.NET|ASPSESSION|\.AspNet|laravel|XSRF|csrf|AWSALB|ARRAffinity|incap_|visid_|nlbi_|cf_|BIGip|TS01|SSESS|SESS[0-9a-f]|fe_typo|be_typo|MAGE|mage-|PrestaShop|_shopify|shopify_|cart_|"
    r"VISITOR_|li_|lang|intercom-|hubspot|crisp-|driftt|zte|zlc|ZD-|tawk|Tawk|TawkConn|twk_|ss_c|AMCV|s_|demdex|at_|mbox|optimizely|vwo|_vis_opt|utm_|gtm_|ga_|gat_|gcl_|yt-|yt\.|NID|IDE|DSID|CONSENT|SOCS|"
    r"__Secure-|__Host-|__utm|__cf|__hs|__stripe|__atuv|__gads|__gpi|__qca|__kla|__tld|datadome|rc::|MUID|MR|_uet|_cl|CLID|ANONCHK|SM$|uuid|sbjs_|mc_|mailchimp|pmpro|pll_|wpml|icl_|et_|elementor|tk_|jetpack|_pk_|_pin|_tt|_ttp|_sc|_rdt|_fbp|_fbc|fbm_|fbsr_|fr$|guest_id|personalization_id|twid|ct0|"
    r"viewed_|test_|exp_|frontend|store|section_|private_|form_|recently_|product_|X-Magento)",
)
_SHAPE = re.compile(r"^[A-Za-z_.$*][A-Za-z0-9_.:$*\[\](){}<>#%+~@!^&=-]{1,70}$")
_WILD = re.compile(
    r"[*#]+$|<[^<>\s]{1,30}>|\{[^{}\s]{1,30}\}|\[[^\[\]\s]{1,30}\]|(?<=[_-])[xX]{2,}|(?<=[A-Za-z_-])\.{3}$|…$"
)
_CASE = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|\d")
# Words of statements that have the shape of a name and are none.
_WORDS = re.compile(
    r"^(?:cookies?|e-?mail(?:adres)?|ip-?adres|ip|http\S*|www\S*|google|analytics|first-?party|third-?party|opt-?(?:in|out)|add-?ons?|plug-?ins?|social-?media|pop-?ups?|javascript|html5?|url|ssl|https?|avg|gdpr|ga4|youtube|facebook|linkedin|iphone|macos|wordpress|woocommerce|"
    r"paypal|mailchimp|postnl|whatsapp|tiktok|doubleclick|adwords|hubspot|id|ids|n\.?v\.?t\.?|b\.v\.?|bv|nv|vs|eu|eer|ad-?blockers?|web-?(?:site|shop|beacons?)|local-?storage|session-?storage|user-?agent|kvk|btw|do-?not-?track|dnt-signal|art\.?6|remarketing|sessie|sessiecookies?|session-?cookies?)$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z_.$*][A-Za-z0-9_.:$*\[\]{}<>#%+~-]*[A-Za-z0-9_*\]}>#]|[A-Za-z0-9_]{2,}")


def is_cookie_name(word: str) -> bool:
    """Whether a word is a cookie's name by its form alone."""
    word = _unquoted(word)
    if (
        not word
        or _WORDS.match(word)
        or "@" in word
        or not _SHAPE.match(word)
        or re.search(
            r"\.(?:nl|com|be|de|fr|org|net|eu|io|html?|php|js|pdf|docx?|png|jpe?g|xml|example|co|me)$",
            word,
            re.IGNORECASE,
        )
    ):
        return False
    bare = _WILD.sub("", word).lower()
    if bare in _KNOWN or word.lower() in _KNOWN:
        return (
            bare
            not in {
                "session",
                "language",
                "currency",
                "store",
                "token",
                "cart",
                "basket",
                "winkelwagen",
                "player",
                "vimeo",
                "gps",
                "consent",
                "presence",
                "fr",
                "sb",
                "wd",
                "xs",
                "lang",
                "frontend",
                "pref",
                "gdpr",
                "dnt",
                "loc",
                "sm",
                "mr",
                "mc",
                "na_id",
                "sess",
                "locale",
                "dt",
                "bt",
            }
            or word != word.lower()
            or "_" in word
        )
    if _PREFIX.match(word) and (
        "_" in word or "-" in word or _CASE.search(word) or "*" in word or word.isupper() or "::" in word
    ):
        return (
            not re.fullmatch(r"[a-z]+-[a-z]+(?:-[a-z]+)*", word)
            or "_" in word
            or word.startswith(
                ("wp-", "intercom-", "cookie-", "cookielawinfo-", "cookieyes-", "crisp-", "mage-", "yt-", "cky-")
            )
        )
    if "_" in word.strip("_") or (word.startswith("_") and len(word) > 2):
        return (bool(re.search(r"[A-Za-z]{2}", word)) and not word.startswith("__")) or bool(re.match(r"__[a-z]", word))
    return bool(_WILD.search(word)) and len(bare) >= 3 and bool(re.search(r"[_-]|\d|[a-z][A-Z]", word))


def is_known_name(word: str) -> bool:
    """Whether a word is a name met in practice, be it an ordinary word too ("fr", "lang")."""
    return _unquoted(word.strip("*-• ")).lower() in _KNOWN


_LISTING = re.compile(r"\s*(?:[,;\n]|(?<=\s)/(?=\s)|\ben\b|\band\b|\bund\b|\bet\b|\bof\b|\bor\b)\s*")


def names_of_cell(cell: str, *, sure: bool) -> tuple[str, ...]:
    """The names in a table's cell or at the head of a line. `sure`: the column says that these are cookies' names."""
    text = re.sub(r"\[([^\[\]]+)\]\([^)]*\)", r"\1", cell)
    text = re.sub(r"\\([_*])", r"\1", text).replace("**", "").replace("`", "").strip()
    if not text or len(text) > 400:
        return ()
    whole = _unquoted(text)
    if is_cookie_name(whole) or (sure and _plausible(whole)):
        return (whole,)
    parts = [part for part in (_unquoted(piece) for piece in _LISTING.split(text)) if part]
    if len(parts) > 1 and all(is_cookie_name(part) or (sure and _plausible(part)) for part in parts):
        return tuple(dict.fromkeys(parts))
    words = [_unquoted(word) for word in re.split(r"[\s,;/]+", text)]
    words = [
        word
        for word in words
        if word
        and word.lower()
        not in {"en", "and", "und", "et", "of", "or", "cookie", "cookies", "de", "het", "the", "-", "–", "x"}
    ]
    named = [word for word in words if is_cookie_name(word)]
    if named and len(named) >= (0.34 if sure else 0.6) * len(words):
        return tuple(dict.fromkeys(named))
    if sure and len(words) == 1 and _plausible(words[0]):
        return (words[0],)
    return ()


def _plausible(word: str) -> bool:
    """One word that may be a name in a column of names: also "lang", "session", "consent"."""
    return (
        bool(_SHAPE.match(word.replace("/", "_")))
        and not _WORDS.match(word)
        and len(word) >= 2
        and "@" not in word
        and not word.endswith(".")
    )


def names_in(sentence: str) -> tuple[str, ...]:
    """The names within running text. Only what cannot be an ordinary word."""
    text = re.sub(r"\]\([^)]*\)|https?://\S+|www\.\S+|\S+@\S+|<https?[^>]*>", " ", sentence)
    found = []
    for token in _TOKEN.finditer(text):
        word = _unquoted(token.group())
        if (
            is_cookie_name(word)
            and (
                "_" in word
                or (
                    word.lower() in _KNOWN - {"player", "store", "session", "token"}
                    and (word.isupper() or _CASE.search(word))
                )
            )
            and not re.fullmatch(r"_+[a-z]+_+|_[A-Z][a-zé]+.*_?", word)
        ):
            found.append(word)
    return tuple(dict.fromkeys(found))


def _unquoted(word: str) -> str:
    word = word.strip().strip("\"'“”‘’„`,;:|()").strip()
    if word.endswith(".") and not word.endswith("..."):
        word = word.rstrip(".")
    if word.count("(") != word.count(")"):
        word = word.rstrip(")")
    return word.replace("\\", "")
