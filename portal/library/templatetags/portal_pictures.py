"""Pictures in templates: `{% picture article.image sizes="(min-width: 60rem) 40rem, 100vw" %}`."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.library import renditions

register = template.Library()

STEPS = (0, 25, 50, 75, 100)
LAZY = SafeString('loading="lazy" decoding="async"')
AT_ONCE = SafeString('fetchpriority="high" decoding="async"')
IN_PLACE_OF_SRCSET = 960  # pixels: what a browser gets that knows no srcset


@register.simple_tag
def picture(
    image: dict[str, Any] | None, sizes: str = "100vw", lazy: bool = True, css: str = ""
) -> SafeString | str:
    """A <picture> in AVIF and WebP. `image` is {asset, alt, width, height, focal_x, focal_y}, or nothing.

    The focal point is told in two classes, `focus-x-25 focus-y-75` (in steps of 25 %; none in the middle).
    `lazy=False` is for the one picture a page opens with.
    """
    if not image:
        return ""
    return format_html(
        "<picture>"
        '<source type="image/avif" srcset="{avif}" sizes="{sizes}">'
        '<source type="image/webp" srcset="{webp}" sizes="{sizes}">'
        '<img src="{src}"{css} width="{width}" height="{height}" alt="{alt}" {loading}>'
        "</picture>",
        avif=_srcset(image, "avif"),
        webp=_srcset(image, "webp"),
        sizes=sizes,
        src=picture_url(image, IN_PLACE_OF_SRCSET),
        css=_classes(image, css),
        width=image["width"],
        height=image["height"],
        alt=image.get("alt") or "",
        loading=LAZY if lazy else AT_ONCE,
    )


@register.filter
def picture_url(image: dict[str, Any] | None, width: int | str = 1280) -> str:
    """The address (a path) of the WebP at least so many pixels wide, or of the widest there is.

    `"card"` instead of a number gives the JPEG of 1200 × 630 pixels that social networks show (og:image).
    """
    if not image:
        return ""
    if width == "card":
        return reverse("library:card", args=[image["asset"]])
    return _address(image, renditions.fitting(image["width"], int(width)), "webp")


@register.filter
def focus_classes(image: dict[str, Any]) -> str:
    """The classes that keep the focal point in sight where the picture is cropped; none for the middle."""
    across, down = _step(image.get("focal_x")), _step(image.get("focal_y"))
    return "" if (across, down) == (50, 50) else f"focus-x-{across} focus-y-{down}"


def _step(share: float | None) -> int:
    return min(STEPS, key=lambda step: abs(step - 100 * (0.5 if share is None else share)))


def _classes(image: dict[str, Any], css: str) -> SafeString | str:
    classes = f"{css} {focus_classes(image)}".strip()
    return format_html(' class="{}"', classes) if classes else ""


def _srcset(image: dict[str, Any], extension: str) -> SafeString:
    return format_html_join(
        ", ",
        "{} {}w",
        (
            (_address(image, width, extension), pixels)
            for width, pixels in renditions.widths(image["width"]).items()
        ),
    )


def _address(image: dict[str, Any], width: int, extension: str) -> str:
    return reverse("library:rendition", args=[image["asset"], width, extension])
