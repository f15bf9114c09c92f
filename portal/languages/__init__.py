"""The two languages of the portal, and the rules of Vietnamese text."""

LANGUAGES = ("vi", "en")
DEFAULT = "vi"


def other(language: str) -> str:
    """The language a page's twin is written in; `ValueError` for a code the portal does not speak."""
    if language not in LANGUAGES:
        raise ValueError(f"not a language of the portal: {language!r}")
    return "en" if language == "vi" else "vi"
