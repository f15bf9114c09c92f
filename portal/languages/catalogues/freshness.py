"""Which catalogues still have to be compiled. Asked at every start, so it reads the files' dates only."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def catalogues() -> list[Path]:
    """The text catalogues (.po) of every language, in order."""
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))


def stale() -> list[Path]:
    """The catalogues that have no compiled twin (.mo), or one older than themselves."""
    return [path for path in catalogues() if not _is_fresh(path)]


def _is_fresh(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= catalogue.stat().st_mtime_ns
