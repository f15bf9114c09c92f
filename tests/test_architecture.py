"""The arrows between packages and rooms, read from the imports themselves."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest

from tests.house import ROOT, SECTIONS

#: Left to right: a package may import only what stands to its left. Sections stand beyond them all.
PLATFORM = [
    "languages",
    "richtext",
    "accounts",
    "history",
    "directory",
    "library",
    "printing",
    "web",
    "people",
    "duties",
    "search",
    "mailing",
    "editorial",
]

#: Rooms of a section, the imported before the importing.
ROOMS = [
    "models",
    "rules",
    "mails",
    "actions",
    "tasks",
    "forms",
    "admin",
    "views",
    "feeds",
    "sitemaps",
    "urls",
]


def modules() -> list[Path]:
    places = [ROOT / "portal", *(ROOT / section for section in SECTIONS)]
    return [path for place in places for path in place.rglob("*.py") if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """The modules imported when this one is imported (inside functions too: an arrow is an arrow)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in {"portal", *SECTIONS}}


def rank(module: str) -> int | None:
    """Where a module's package stands; None for the shell around them (settings, urls, celery)."""
    first, *rest = module.split(".")
    if first in SECTIONS:
        return len(PLATFORM)
    return PLATFORM.index(rest[0]) if rest and rest[0] in PLATFORM else None


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_arrows_between_packages_point_left(path):
    own = name_of(path)
    if rank(own) is None:
        return
    wrong = [
        other
        for other in imports(path)
        if rank(other) is not None and rank(other) > rank(own) and other.split(".")[:2] != own.split(".")[:2]
    ]

    assert wrong == [], f"{own} imports {wrong}"


@pytest.mark.parametrize("section", SECTIONS)
def test_sections_know_no_other_section(section):
    others = set(SECTIONS) - {section}
    wrong = [
        (name_of(path), each)
        for path in (ROOT / section).rglob("*.py")
        for each in imports(path)
        if each.split(".")[0] in others
    ]

    assert wrong == []


@pytest.mark.parametrize("section", SECTIONS)
def test_rooms_of_a_section_import_only_what_stands_before_them(section):
    def room(module: str) -> str:
        parts = module.split(".")
        return parts[1] if parts[0] == section and len(parts) > 1 else ""

    wrong = [
        (name_of(path), each)
        for path in (ROOT / section).rglob("*.py")
        for each in imports(path)
        if room(each) in ROOMS
        and room(name_of(path)) in ROOMS
        and ROOMS.index(room(each)) > ROOMS.index(room(name_of(path)))
    ]

    assert wrong == []


def test_no_module_imports_itself_in_a_ring():
    """Top-level imports only: what Python itself would stumble over."""
    graph = {name_of(path): _top_level(path) for path in modules()}
    graph = {name: {each for each in to if each in graph and each != name} for name, to in graph.items()}
    done: set[str] = set()

    def walk(name: str, trail: list[str]) -> None:
        assert name not in trail, " → ".join([*trail[trail.index(name) :], name])
        if name in done:
            return
        for each in sorted(graph[name]):
            walk(each, [*trail, name])
        done.add(name)

    for name in sorted(graph):
        walk(name, [])


def _top_level(path: Path) -> set[str]:
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            known = {each for each in names if _exists(each)}
            found |= known | ({node.module} if names - known else set())
    return found


def _exists(module: str) -> bool:
    place = ROOT / Path(*module.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def test_the_platform_is_ranked_once():
    assert all(left != right for left, right in pairwise(sorted(PLATFORM)))
    present = {path.name for path in (ROOT / "portal").iterdir() if (path / "__init__.py").exists()}
    assert present <= set(PLATFORM)
