"""The production arrangement in deploy/ agrees with the program it serves."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")], key=lambda unit: unit.name)


def test_the_environment_file_names_every_variable_that_the_settings_read_and_no_other():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "portal/settings.py").read_text()))
    named = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (DEPLOY / "portal.env").read_text(), re.MULTILINE))

    assert named == read


def test_the_environment_file_is_read_by_a_shell_as_by_systemd():
    command = 'set -aeu; . "$1"; env'
    said = subprocess.run(
        ["sh", "-c", command, "sh", DEPLOY / "portal.env"], check=True, capture_output=True, text=True
    )

    assert "PORTAL_X_ACCEL=/protected/" in said.stdout.splitlines()
    assert said.stderr == ""


def test_nginx_keeps_the_files_where_the_portal_sends_it_for_them():
    site = (DEPLOY / "nginx.conf").read_text()
    environment = dict(re.findall(r"^(PORTAL_\w+)=(.*)$", (DEPLOY / "portal.env").read_text(), re.MULTILINE))

    internal = re.search(r"location (\S+) \{\s+internal;\s+alias (\S+);", site)
    static = re.search(r"location /static/ \{\s+alias (\S+);", site)

    assert internal.groups() == (environment["PORTAL_X_ACCEL"], environment["PORTAL_MEDIA"] + "/")
    assert static.group(1) == environment["PORTAL_STATIC"] + "/"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_what_is_there(unit):
    for path in re.findall(r"/srv/portal/((?!\.venv)\S+)", unit.read_text()):
        assert (ROOT / path).exists()


@pytest.mark.parametrize(
    "path", sorted(set(DEPLOY.iterdir()) - {DEPLOY / "README.md"}), ids=lambda path: path.name
)
def test_the_handbook_speaks_of_every_file(path):
    handbook = (DEPLOY / "README.md").read_text()

    assert f"`{path.name}`" in handbook


@pytest.mark.parametrize("script", ["bin/run", "bin/test", "bin/environment.sh", "deploy/backup"])
def test_scripts_are_plain_shell(script):
    assert subprocess.run(["sh", "-n", ROOT / script], check=False).returncode == 0


def test_what_the_suite_installs_includes_what_the_portal_runs_on():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
