"""An article found in a page of an old portal: what it says, who wrote it and when, and what was left out."""

from news.legacy_page.page import Caption, Doubt, Dropped, LegacyPage
from news.legacy_page.reading import read_page

__all__ = ["Caption", "Doubt", "Dropped", "LegacyPage", "read_page"]
