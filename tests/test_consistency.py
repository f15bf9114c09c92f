"""The repository read by its own tests: what is promised in one place is kept in the others."""

import importlib
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.utils.translation import override

from portal.celery import app
from portal.editorial import registry
from portal.editorial.models import Edition, State
from portal.editorial.roles import ROLES
from portal.editorial.states import STEPS
from portal.languages import LANGUAGES
from tests import house

ROOT = house.ROOT
CODE = [
    path
    for place in house.PACKAGES
    for path in (ROOT / place).rglob("*.py")
    if "migrations" not in path.parts
]


def test_every_section_is_installed():
    assert set(house.SECTIONS) <= set(settings.INSTALLED_APPS)


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.name)
def test_every_step_has_a_permission_a_role_and_words_in_both_languages(step):
    codenames = {step.permission.format(language=language) for language in LANGUAGES}
    known = {codename for codename, _label in Edition._meta.permissions}
    held = {codename for _label, steps, _verbs in ROLES.values() for codename in steps}

    assert codenames <= known
    assert codenames <= held
    for words in (step.label, step.done):
        with override("vi"):
            vietnamese = str(words)
        with override("en"):
            english = str(words)
        assert vietnamese != english, words


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_name_in_vietnamese(state):
    with override("vi"):
        assert str(state.label) != state.value.replace("_", " ")


def test_every_state_can_be_reached_and_left():
    reached = {step.to for step in STEPS.values()} | {State.DRAFT}
    left = {source for step in STEPS.values() for source in step.sources}

    assert reached == set(State) == left


@pytest.mark.django_db
def test_every_role_stands_after_migrating_with_the_permissions_of_its_row():
    for name, (_label, steps, _verbs) in ROLES.items():
        held = set(
            Permission.objects.filter(group__name=name, content_type__app_label="editorial").values_list(
                "codename", flat=True
            )
        )
        assert set(steps) <= held, name


def test_every_publishable_model_is_registered_and_says_its_content():
    for model in registry.models():
        fields = {field.name for field in model._meta.get_fields()}
        assert {
            f"{field}_{language}" for field in model.translated_content for language in LANGUAGES
        } <= fields
        assert {*model.shared_content, *model.relations_content, *model.read_side_needs} <= fields
        assert set(model.required_content) <= set(model.translated_content)


def test_every_task_stands_in_the_list_of_the_clock():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}

    assert ours == {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.parametrize("entry", settings.CELERY_BEAT_SCHEDULE.values(), ids=lambda entry: entry["task"])
def test_the_clock_list_names_tasks_that_exist_and_lets_none_pile_up(entry):
    module, name = entry["task"].rsplit(".", 1)

    assert callable(getattr(importlib.import_module(module), name))
    assert 0 < entry["options"]["expires"] <= entry["schedule"]


def test_tasks_are_never_put_off_by_the_broker():
    """ETA and countdown are redelivered by Redis and lost by files; the database says what is due."""
    late = re.compile(r"\b(eta|countdown)\s*=|apply_async\(")

    assert [str(path.relative_to(ROOT)) for path in CODE if late.search(path.read_text())] == []


def test_nothing_is_wired_by_signals():
    """One moment is Django's own: the roles are built after migrating."""
    wired = re.compile(r"@receiver|_(save|delete|migrate|init)\.connect\(|from django\.db\.models\.signals")
    found = {str(path.relative_to(ROOT)) for path in CODE if wired.search(path.read_text())}

    assert found == {"portal/editorial/apps.py"}


def test_no_drawer_is_called_utils():
    assert [path.name for path in CODE if path.stem in {"utils", "common", "helpers", "misc"}] == []


def test_every_template_is_used():
    """By a view, another template, or Django under a name it looks for itself; a letter is named without its endings."""
    by_django = re.compile(r"^(admin|registration|400|403|403_csrf|404|410|429|500)")
    said = "".join(path.read_text() for path in CODE) + "".join(
        path.read_text() for path in (ROOT / "templates").rglob("*.*") if path.suffix in {".html", ".txt"}
    )
    letter = re.compile(r"(\.subject)?\.(txt|html)$")
    names = [str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.*")]

    wanted = [
        letter.sub("", name) if "/mails/" in name else name for name in names if not by_django.match(name)
    ]
    assert [name for name in wanted if name not in said] == []


def test_no_template_trusts_what_it_did_not_clean():
    """Two exceptions: the help texts of forms, which are our own code, and a body cleaned when it was saved."""
    cleaned = re.compile(r"(help_text|change\.translation)\|safe")
    loose = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", cleaned.sub("", path.read_text()))
    ]

    assert loose == []


def test_no_public_template_needs_inline_code():
    inline = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    public = [
        path
        for path in (ROOT / "templates").rglob("*.html")
        if path.parts[-2] in {"templates", "web", "library", *house.SECTIONS}
    ]

    assert {
        str(path.relative_to(ROOT)): inline.findall(path.read_text())
        for path in public
        if inline.search(path.read_text())
    } == {}


def test_secrets_are_refused_when_weak(tmp_path):
    import subprocess
    import sys

    environment = {
        "PORTAL_VAR": str(tmp_path),
        "PORTAL_PRODUCTION": "1",
        "PORTAL_HOSTS": "portal.example",
        "PORTAL_SECRET_KEY": "short",
        "PATH": "",
    }
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert run.returncode != 0
    assert run.stderr.strip().splitlines()[-1].startswith("Environment variable PORTAL_SECRET_KEY")
