"""Which attribute values may stand in a text: link targets, languages, small numbers, asset references."""

import re
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit
from uuid import UUID

import nh3

SCHEMES = ("http", "https", "mailto", "tel")
EXTERNAL = ("http://", "https://")
LONGEST_ADDRESS = 2_048

# What a browser ignores inside an address, and what it never shows: both are used to hide a scheme.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(.*)", re.IGNORECASE | re.DOTALL)
_COLON_IN_FIRST_STEP = re.compile(r"[^/?#]*:")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Language, script, region and variants of BCP 47; no extensions, no private use, no grandfathered tags.
_LANGUAGE = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)",
    re.IGNORECASE,
)


def link_target(href: str) -> str:
    """The address a link may have, or "" when it may have none.

    Allowed are http, https, mailto and tel, and addresses within this site: a path, a query or an anchor.
    """
    href = _INVISIBLE.sub("", href).strip()
    if len(href) > LONGEST_ADDRESS:
        return ""
    if href.lower().startswith("www."):
        href = "https://" + href
    scheme = _SCHEME.fullmatch(href)
    address = _absolute(scheme[1].lower(), scheme[2]) if scheme else _within_site(href)
    return address if address and _is_an_address(address) else ""


def _absolute(scheme: str, rest: str) -> str:
    if scheme in ("mailto", "tel"):
        rest = rest.replace(" ", "")
        return f"{scheme}:{rest}" if rest else ""
    if scheme not in SCHEMES or not rest.startswith("//") or "\\" in rest:
        return ""
    address = f"{scheme}:{rest}".replace(" ", "%20")
    try:
        return address if urlsplit(address).hostname else ""
    except ValueError:
        return ""


def _within_site(href: str) -> str:
    if _COLON_IN_FIRST_STEP.match(href) or "\\" in href or href.startswith("//"):
        return ""
    return href.replace(" ", "%20")


@lru_cache(maxsize=4096)
def _is_an_address(address: str) -> bool:
    """Whether nh3, which reads addresses as browsers do, would keep it: impossible hosts end here."""
    link = f'<a href="{escape(address)}">x</a>'
    kept = nh3.clean(link, tags={"a"}, attributes={"a": {"href"}}, url_schemes=set(SCHEMES), link_rel=None)
    return kept == link


def is_external(href: str) -> bool:
    """Whether a cleaned link leaves this site."""
    return href.startswith(EXTERNAL)


def language_tag(value: str) -> str:
    """`value` as a canonical BCP 47 tag (`vi`, `en-GB`, `zh-Hant-TW`), or ""."""
    match = _LANGUAGE.fullmatch(value.strip())
    if not match:
        return ""
    language, script, region, variants = match.groups(default="")
    parts = [language.lower(), script.title(), region.upper(), variants.lower().strip("-")]
    return "-".join(part for part in parts if part)


def small_number(value: str, *, least: int, most: int, otherwise: int) -> int:
    """`value` as a whole number between `least` and `most`, or `otherwise`."""
    if not re.fullmatch(r"-?[0-9]{1,6}", value.strip()):
        return otherwise
    number = int(value)
    return number if least <= number <= most else otherwise


def asset_reference(value: str) -> UUID | None:
    """The library asset a figure names, or None when the reference is malformed."""
    return UUID(value.strip()) if _UUID.fullmatch(value.strip()) else None
