"""What the admin shows of an asset beside its fields."""

from django.contrib import admin
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.seeing import and_unseen, may_see
from portal.library.models import Asset, Placement
from portal.library.refusal import StillUsed
from portal.library.uses import placements_of, shown_by


@admin.display(description=_("Preview"))
def thumbnail(asset: Asset) -> SafeString | str:
    """A small picture in the list; the type of anything else."""
    if not asset.is_image:
        return asset.filename.rpartition(".")[2].upper()
    return format_html(
        '<img class="asset-thumbnail" src="{}" alt="" loading="lazy">',
        reverse("library:rendition", args=[asset.uuid, 320, "webp"]),
    )


@admin.display(description=_("Preview"))
def preview(asset: Asset) -> SafeString | str:
    """The whole picture, on which the focal point is chosen by a click."""
    if not asset.is_image:
        return "–"
    return format_html(
        '<img class="asset-preview" data-focal-point src="{}" alt="" width="{}" height="{}">',
        reverse("library:rendition", args=[asset.uuid, 640, "webp"]),
        asset.width,
        asset.height,
    )


@admin.display(description=_("File"))
def file_link(asset: Asset) -> SafeString:
    return format_html(
        '<a href="{}">{}</a> ({})',
        asset.get_absolute_url(),
        asset.original_name or asset.filename,
        filesizeformat(asset.size),
    )


@admin.display(description=_("Size"), ordering="size")
def size(asset: Asset) -> str:
    weight = filesizeformat(asset.size)
    return f"{asset.width} × {asset.height}, {weight}" if asset.is_image else weight


@admin.display(description=_("Times used"), ordering="times_used")
def times_used(asset: Asset) -> int:
    return asset.times_used


@admin.display(description=_("Used in"))
def uses(asset: Asset) -> SafeString | str:
    """What places the asset or still shows it, each with the way to it; what whoever looks may not see is counted."""
    placements = placements_of(asset)
    placing = [placement.thing for placement in placements]
    used = [(placement.thing, placement.get_role_display()) for placement in placements]
    used += [(thing, _("still on its page")) for thing in shown_by(asset) if thing not in placing]
    if not used:
        return _("Nowhere yet. Until something published uses it, only staff can see it.")
    seen = [(thing, how) for thing, how in used if _may_be_named(asset.looked_at_by, thing)]
    names = [format_html("{} ({})", _link(thing), how) for thing, how in seen]
    rows = ((each,) for each in and_unseen(names, len(used) - len(seen)))
    return format_html('<ul class="asset-uses">{}</ul>', format_html_join("", "<li>{}</li>", rows))


@admin.display(description=_("Sizes for the web"))
def renditions_state(asset: Asset) -> str:
    """Have the renditions been made, and if not, why?"""
    if not asset.is_image:
        return "–"
    if asset.renditions_made_at:
        return _("All sizes are ready.")
    if problem := asset.renditions_problem(timezone.now()):
        return _("They could not be made: %(reason)s") % {"reason": gettext(problem)}
    return _("They will be made within a minute.")


def still_used(refusal: StillUsed, user: User) -> SafeString:
    """The refusal with the way to every use that the person may see; the others are counted."""
    names = [_link(each) for each in refusal.users if _may_be_named(user, each)]
    rows = ((each,) for each in and_unseen(names, len(refusal.users) - len(names)))
    return format_html(refusal.naming("{}"), format_html_join("; ", "{}", rows))


def _may_be_named(person: User, thing: models.Model | None) -> bool:
    """A placement stands for what is gone, and tells nothing of it."""
    return thing is None or isinstance(thing, Placement) or may_see(person, type(thing))


def _link(thing: models.Model | None) -> SafeString | str:
    if thing is None:
        return _("something that no longer exists")
    try:
        address = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
    except NoReverseMatch:
        return str(thing)
    return format_html('<a href="{}">{}</a>', address, thing)


def counted(assets: models.QuerySet[Asset]) -> models.QuerySet[Asset]:
    """With `times_used` on each, as the list shows it."""
    placed = Placement.objects.filter(asset=models.OuterRef("pk")).order_by().values("asset")
    times = placed.annotate(times=models.Count("pk")).values("times")
    return assets.annotate(times_used=models.functions.Coalesce(models.Subquery(times), 0))
