"""Issues as the portal composes them, with pictures that are really in the library."""

import itertools
from typing import Any

from django.core.files.base import ContentFile

from portal.library.models import Asset
from tests.library import samples
from tests.make import NOON

SENTENCE = {
    "en": "The course ran for two days in Ha Noi and brought together officials from every province of the country. ",
    "vi": "Lớp tập huấn diễn ra trong hai ngày tại Hà Nội, với sự tham gia của cán bộ đến từ các tỉnh, thành phố. ",
}
_numbers = itertools.count(1)


def picture(size: tuple[int, int] = (900, 600)) -> Asset:
    """A picture in the library with something in it."""
    content = samples.photograph(size)
    asset = Asset(kind="image", filename="anh.jpg", media_type="image/jpeg", size=len(content), width=size[0],
                  height=size[1], sha256=f"{next(_numbers):064x}", uploaded_at=NOON)  # fmt: skip
    asset.original.save("anh.jpg", ContentFile(content), save=False)
    asset.save()
    return asset


def placed(asset: Asset, **words: str) -> dict[str, Any]:
    image = {"asset": str(asset.uuid), "alt": words.pop("alt", "Hội trường"), "width": asset.width, "height": asset.height,
             "focal_x": 0.5, "focal_y": 0.4}  # fmt: skip
    return {"image": image, "caption": "Hội trường lớn", "credit": "Ảnh: Minh An"} | words


def piece(language: str = "en", number: int = 1, paragraphs: int = 4, **more: Any) -> dict[str, Any]:
    body = "".join(f"<p>{SENTENCE[language] * 4}</p>" for _ in range(paragraphs))
    return {
        "key": f"news.article:{number}", "title": f"Training course number {number}", "summary": SENTENCE[language],
        "body": body, "byline": "Minh An", "dateline": "Ha Noi", "published": "2026-08-02T03:00:00+00:00",
        "url": f"https://portal.example/en/news/course-{number}/", "cover": None, "figures": {},
    } | more  # fmt: skip


def issue(language: str = "en", *, pieces: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    vietnamese = language == "vi"
    return {
        "language": language, "year": 2026, "quarter": 3, "number": 12,
        "title": "Bản tin Thông tin đối ngoại" if vietnamese else "Foreign Information Bulletin",
        "publisher": "Bộ Ngoại vụ" if vietnamese else "Ministry of External Affairs", "dated": "2026-10-05",
        "licence": {"number": "12/GP-XBBT", "issued_on": "2026-01-05", "issuer": "Cục Báo chí", "page_cap": 64,
                    "width_mm": 190, "height_mm": 270},
        "imprint": {"responsible": "Nguyễn Văn An, Trưởng Ban Biên tập", "office": "2 Lê Thạch, Hà Nội",
                    "printed_at": "Nhà in Lao động", "print_run": 1500},
        "foreword": f"<p>{SENTENCE[language] * 3}</p>", "foreword_by": "Nguyễn Văn An, Trưởng Ban Biên tập",
        "figures": [{"value": "63", "label": "diplomatic missions receive this bulletin"}],
        "cover": None,
        "sections": [{"title": "Tiêu điểm" if vietnamese else "In focus",
                      "pieces": [piece(language)] if pieces is None else pieces}],
        "web_url": f"https://portal.example/{language}/bulletin/2026/3/",
    } | more  # fmt: skip
