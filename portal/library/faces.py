"""Placements as plain JSON: what a published page keeps of its pictures and attachments, in one language."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from portal.library.models import Placement


def placed(placements: Iterable[Placement]) -> dict[str, Any]:
    """{"cover": … or None, "figures": {uuid: …}, "attachments": […], "photos": […], "files": […]} of prefetched rows, in order."""
    rows = sorted(placements, key=lambda row: (row.position, row.pk or 0))
    covers = [_picture(row) for row in rows if row.role == Placement.Role.COVER]
    return {
        "cover": covers[0] if covers else None,
        "figures": {str(row.asset.uuid): _picture(row) for row in rows if row.role == Placement.Role.FIGURE},
        "attachments": [_attachment(row) for row in rows if row.role == Placement.Role.ATTACHMENT],
        **_series(rows),
    }


def _series(rows: list[Placement]) -> dict[str, Any]:
    """What only some sections place: photos in their order, and the work's own files; {} where there are none."""
    photos = [_picture(row) for row in rows if row.role == Placement.Role.PHOTO]
    files = [
        {**_attachment(row), "role": row.role}
        for row in rows
        if row.role in Placement.FILES - {Placement.Role.ATTACHMENT}
    ]
    return {**({"photos": photos} if photos else {}), **({"files": files} if files else {})}


def _picture(row: Placement) -> dict[str, Any]:
    return {"image": row.picture(), "caption": row.caption or "", "credit": row.credit or ""}


def _attachment(row: Placement) -> dict[str, Any]:
    return {
        "asset": str(row.asset.uuid),
        "filename": row.asset.filename,
        "title": row.title or row.asset.original_name or row.asset.filename,
        "type": PurePath(row.asset.filename).suffix.lstrip(".").upper(),
        "size": row.asset.size,
    }
