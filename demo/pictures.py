"""The pictures and attachments of the demonstration: taken in like anybody's uploads, and placed."""

import re
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from demo.folder import FOLDER, Fields, Piece, read
from news.models import Article
from portal.accounts.models import User
from portal.languages import LANGUAGES
from portal.library.actions import add_asset
from portal.library.models import Asset, Placement

_WORDS = [f"{field}_{language}" for field in ("alt", "caption", "credit") for language in LANGUAGES]
_FIGURE = re.compile(r'<figure data-picture="([\w-]+)"></figure>')


class Library:
    """The assets by their names in the folder: pictures by key, attachments by file name."""

    def __init__(self, *, by: User, now: datetime) -> None:
        self.by, self.now = by, now
        self.pictures = {
            picture["key"]: self._take_in_picture(picture) for picture in read("pictures.toml")["pictures"]
        }
        self.files: dict[str, Asset] = {}

    def with_figures(self, words: dict[str, str]) -> dict[str, str]:
        """The words with figures that name assets instead of keys."""
        return {field: _FIGURE.sub(self._figure, text) for field, text in words.items()}

    def _figure(self, found: re.Match[str]) -> str:
        return f'<figure data-asset="{self.pictures[found[1]].uuid}"></figure>'

    def place(self, piece: Piece, article: Article) -> None:
        """The cover, the figures of both languages and the attachments, each with its words."""
        placements = [*self._cover(piece), *self._figures(piece), *self._attachments(piece)]
        kind = ContentType.objects.get_for_model(article)
        for position, placement in enumerate(placements):
            placement.content_type, placement.object_id, placement.position = kind, article.pk, position
        Placement.objects.bulk_create(placements)

    def place_series(self, item: Any, pictures: list[tuple[str, str]], fields: Fields) -> None:
        """Pictures (key, role) in their order, with the captions this work has for them; then its files."""
        captions = {each["picture"]: each for each in fields.get("captions", [])}
        placements = [_described(self.pictures[key], role, captions.get(key, {})) for key, role in pictures]
        placements += [
            Placement(
                asset=self._take_in_file(file["file"]), role=file["role"], title_vi=file["title_vi"], title_en=file["title_en"]
            )
            for file in fields.get("files", [])
        ]  # fmt: skip
        kind = ContentType.objects.get_for_model(item)
        for position, placement in enumerate(placements):
            placement.content_type, placement.object_id, placement.position = kind, item.pk, position
        Placement.objects.bulk_create(placements)

    def _cover(self, piece: Piece) -> list[Placement]:
        key = piece.fields.get("cover")
        return [_described(self.pictures[key], Placement.Role.COVER)] if key else []

    def _figures(self, piece: Piece) -> list[Placement]:
        bodies = "".join(piece.words(language)["body"] for language in piece.languages)
        keys = dict.fromkeys(_FIGURE.findall(bodies))
        return [_described(self.pictures[key], Placement.Role.FIGURE) for key in keys]

    def _attachments(self, piece: Piece) -> list[Placement]:
        return [
            Placement(
                asset=self._take_in_file(attached["file"]), role=Placement.Role.ATTACHMENT,
                title_vi=attached["title_vi"], title_en=attached["title_en"],
            )
            for attached in piece.fields.get("attachments", [])
        ]  # fmt: skip

    def _take_in_picture(self, picture: Fields) -> Asset:
        described = {column: picture[column] for column in (*_WORDS, "focal_x", "focal_y")}
        return self._take_in(f"pictures/{picture['file']}", **described)

    def _take_in_file(self, name: str) -> Asset:
        if name not in self.files:
            self.files[name] = self._take_in(f"files/{name}")
        return self.files[name]

    def _take_in(self, name: str, **words: str | float) -> Asset:
        path = FOLDER / name
        file = ContentFile(path.read_bytes(), name=path.name)
        return add_asset(file, by=self.by, now=self.now, **words)


def _described(picture: Asset, role: Any, said: Fields | None = None) -> Placement:
    """A picture placed with the words the library has for it, or others that are `said`."""
    words = {column: (said or {}).get(column) or getattr(picture, column) for column in _WORDS}
    return Placement(asset=picture, role=role, **words)
