"""How long a bulletin takes in print and as an e-book, from the demonstration's articles and pictures.

    python benchmarks/bulletin.py --pieces 12 20 30

Runs in a test database and a media folder of its own, which are removed afterwards. Each issue is made three times, by a
typesetter that has set nothing before: the best and the worst are told.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils.translation import override  # noqa: E402

from news.models import Article  # noqa: E402
from portal.library.faces import placed  # noqa: E402
from publications.printing.epub import bulletin_epub  # noqa: E402
from publications.printing.pdf import bulletin_pdf, page_count  # noqa: E402

SECTIONS = 4
TIMES = 3


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, nargs="+", default=[12, 20, 30])
    numbers = parser.parse_args().pieces
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory(prefix="bulletin-") as media:
            settings.MEDIA_ROOT = Path(media)
            call_command("load_demo", verbosity=0)
            for language in ("vi", "en"):
                for number in numbers:
                    tell(language, issue(language, number))
    finally:
        teardown_databases(databases, verbosity=0)
    for name, who in (("this process", resource.RUSAGE_SELF), ("the typesetter", resource.RUSAGE_CHILDREN)):
        print(f"memory at its largest, {name}: {resource.getrusage(who).ru_maxrss // 1024} MB")


def tell(language: str, made: dict[str, Any]) -> None:
    pieces = sum(len(section["pieces"]) for section in made["sections"])
    for name, make in (("PDF", bulletin_pdf), ("EPUB", bulletin_epub)):
        seconds, content = zip(*(timed(make, made) for _ in range(TIMES)), strict=True)
        pages = f", {page_count(content[0])} pages" if name == "PDF" else ""
        size = len(content[0]) / 1024 / 1024
        print(
            f"{language}, {pieces} pieces{pages}: {name} {min(seconds):.1f} to {max(seconds):.1f} s, {size:.1f} MB"
        )


def timed(make: Any, made: dict[str, Any]) -> tuple[float, bytes]:
    began = time.monotonic()
    content = make(made)
    return time.monotonic() - began, content


def issue(language: str, number: int) -> dict[str, Any]:
    """An issue of so many of the demonstration's articles, told again where there are fewer."""
    articles = [each for each in Article.objects.order_by("pk") if getattr(each, f"body_{language}")]
    with override(language):
        pieces = [piece(articles[place % len(articles)], language) for place in range(number)]
    share = -(-len(pieces) // SECTIONS)
    return {
        "language": language, "year": 2026, "quarter": 3, "number": 12,
        "title": "Bản tin Thông tin đối ngoại", "publisher": "Bộ", "dated": "2026-10-05",
        "foreword": pieces[0]["body"], "foreword_by": "Nguyễn Văn An, Trưởng Ban Biên tập",
        "figures": [{"value": "63", "label": "cơ quan đại diện nước ngoài nhận bản tin này"}] * 6,
        "cover": pieces[0]["cover"],
        "sections": [{"title": f"{place // share + 1}", "pieces": pieces[place : place + share]}
                     for place in range(0, len(pieces), share)],
        "web_url": f"https://portal.example/{language}/bulletin/2026/3/",
    }  # fmt: skip


def piece(article: Article, language: str) -> dict[str, Any]:
    shown = placed(article.placements.select_related("asset"))
    return {
        "title": getattr(article, f"title_{language}"), "summary": getattr(article, f"standfirst_{language}"),
        "body": getattr(article, f"body_{language}"), "byline": article.byline, "published": "2026-08-02T03:00:00+00:00",
        "url": f"https://portal.example/{language}/{article.pk}/", "cover": shown["cover"], "figures": shown["figures"],
    }  # fmt: skip


if __name__ == "__main__":
    main()
