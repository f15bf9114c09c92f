"""The packages of the repository, read from its folders: a new section is checked from its first day."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")
SECTIONS = [package for package in PACKAGES if package not in {"portal", "demo"}]
