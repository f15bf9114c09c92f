"""Pictures that frozen issues hold, though no placement names them: the library must not let go of them."""

from django.db.models import Q

from portal.library import uses
from portal.library.models import Asset
from publications.models import Bulletin


def issues_pinning(asset: Asset) -> list[Bulletin | None]:
    named = Q(contents_vi__contains=str(asset.uuid)) | Q(contents_en__contains=str(asset.uuid))
    return list(Bulletin.objects.filter(named))


def register() -> None:
    uses.register(issues_pinning)
