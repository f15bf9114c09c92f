"""One portal filled once; a copy of its folder for each test that starts it again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import serving


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the suite, as bin/run looks for them."""
    return serving.borrowed_environment(tmp_path_factory.mktemp("environment") / "venv")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, environment: Path) -> Path:
    """The folder of a portal that was started once and stopped; beside it stands what it printed."""
    folder = tmp_path_factory.mktemp("filled") / "var"
    with serving.portal(folder, environment) as first:
        first.wait_for("/readyz")
        assert first.press_ctrl_c() == 0
    return folder


@pytest.fixture
def portal(filled: Path, environment: Path, tmp_path: Path) -> Iterator[serving.Portal]:
    """A portal that answers, started again from the folder of the first."""
    with serving.portal(shutil.copytree(filled, tmp_path / "var"), environment) as again:
        again.wait_for("/healthz")
        yield again
