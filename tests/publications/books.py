"""Photo books as the portal makes them, with pictures that are really in the library."""

from typing import Any

from tests.publications.issues import picture, placed


def photo(number: int = 1, size: tuple[int, int] = (900, 600), **words: str) -> dict[str, Any]:
    said = {
        "alt": f"What photo {number} shows",
        "caption": f"Terraces, picture {number}.",
        "credit": "Photo: Minh An",
    }
    other = words.pop("other_caption", f"Ruộng bậc thang, ảnh {number}.")
    return {**placed(picture(size), **(said | words)), "other_caption": other}


def book(language: str = "en", **more: Any) -> dict[str, Any]:
    return {
        "language": language, "title": "Viet Nam at work, 2025", "summary": "Eight places of work.",
        "body": "<p>The book follows a single working day.</p>", "figures": {}, "authors": "Editorial Board",
        "rights": "© The ministry, 2025. May be reprinted with credit.", "publisher": "Ministry of External Affairs",
        "year": 2025, "isbn": "978-604-0-00000-0", "cover": placed(picture(), alt="A bridge at dusk"),
        "photos": [photo(number) for number in (1, 2, 3)], "web_url": "https://portal.example/en/publications/7/",
    } | more  # fmt: skip
