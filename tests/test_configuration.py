"""What the environment can say is written down, read in one place, and refused in a sentence if wrong."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import ROOT, environment, free_port
from twitter_clone import env, local

GOOD_KEY = "a key for tests, long enough to satisfy every check of fifty"
NOT_FOR_PEOPLE = {"DJANGO_SETTINGS_MODULE", "MALLOC_ARENA_MAX", "TEST_DATABASE_URL"}  # we set them ourselves


def names_read() -> Iterator[str]:
    """Every variable that our code asks for by name."""
    for path in [*(ROOT / "twitter_clone").rglob("*.py"), ROOT / "gunicorn.conf.py"]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args:
                asked, name = ast.unparse(node.func), node.args[0]
                ours = re.fullmatch(
                    r"env\.(text|flag|number|choice)|guards\.networks|os\.environ\.(get|setdefault)", asked
                )
                if ours and isinstance(name, ast.Constant):
                    yield name.value


def test_every_variable_is_in_the_example_and_nothing_else():
    example = (ROOT / ".env.example").read_text()
    written = re.findall(r"^#?([A-Z_0-9]+)=", example, re.M)
    assert len(written) == len(set(written))
    assert set(written) == set(names_read()) - NOT_FOR_PEOPLE


def test_every_variable_is_explained_in_the_documentation():
    documented = set(re.findall(r"`([A-Z_0-9]+)`", (ROOT / "docs" / "configuration.md").read_text()))
    assert set(names_read()) - NOT_FOR_PEOPLE <= documented


def test_an_untouched_copy_of_the_example_changes_nothing(monkeypatch, tmp_path):
    before = dict(os.environ)
    copy = tmp_path / ".env"
    copy.write_text((ROOT / ".env.example").read_text())
    local.read_env_file(copy)
    assert dict(os.environ) == before


def test_the_file_gives_values_and_the_environment_wins(monkeypatch, tmp_path):
    for name in ("ONE", "THREE", "FOUR"):
        monkeypatch.setenv(name, "to be restored")
        monkeypatch.delenv(name)
    monkeypatch.setenv("TWO", "from outside")
    file = tmp_path / ".env"
    file.write_text('# hello\n\nONE = a b=c \nTWO=from the file\nexport THREE="$(id) `id`"\nFOUR=\n')
    local.read_env_file(file)
    assert (os.environ["ONE"], os.environ["TWO"]) == ("a b=c", "from outside")
    assert os.environ["THREE"] == "$(id) `id`"
    assert "FOUR" not in os.environ


def test_a_line_that_is_no_assignment_is_named(tmp_path):
    file = tmp_path / ".env"
    file.write_text("A=1\nwhat is this\n")
    with pytest.raises(local.CannotStart, match=r"Line 2 of .*: what is this"):
        local.read_env_file(file)


def test_a_missing_file_is_fine(tmp_path):
    local.read_env_file(tmp_path / ".env")


@pytest.mark.parametrize(("value", "meant"), [("yes", True), ("1", True), ("No", False), ("", False)])
def test_yes_and_no(monkeypatch, value, meant):
    monkeypatch.setenv("SOMETHING", value)
    assert env.flag("SOMETHING") is meant


def test_defaults_follow_the_port_and_the_address(monkeypatch):
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("PORT", "9000")
    local.fill_in_defaults()
    assert os.environ["SITE_URL"] == "http://localhost:9000"
    monkeypatch.setenv("SITE_URL", "https://chirp.example")
    monkeypatch.delenv("ALLOWED_HOSTS")
    local.fill_in_defaults()
    assert os.environ["ALLOWED_HOSTS"] == "chirp.example,localhost,127.0.0.1,[::1]"


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({}, "SECRET_KEY is missing."),
        ({"SECRET_KEY": GOOD_KEY}, "ALLOWED_HOSTS is empty."),
        ({"SECRET_KEY": "short", "ALLOWED_HOSTS": "example.org"}, "SECRET_KEY can be guessed."),
        ({"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is “*”"),
        (
            {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "a.example", "VAPID_PRIVATE_KEY": "short"},
            "VAPID_PRIVATE_KEY is no key",
        ),
        (
            {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "a.example", "VAPID_PRIVATE_KEY": "_" * 43},
            "VAPID_PRIVATE_KEY is no key",
        ),
        ({"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "a.example", "LOG_LEVEL": "LOUD"}, "LOG_LEVEL is “LOUD”"),
        (
            {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "a.example", "DATABASE_URL": "mysql://x/y"},
            "DATABASE_URL names no database we know",
        ),
        ({"SITE_URL": "example.org"}, "SITE_URL is “example.org”"),
    ],
)
def test_gunicorn_stops_with_one_sentence_when_something_is_missing(tmp_path, variables, sentence):
    finished = subprocess.run(
        [str(Path(sys.executable).parent / "gunicorn"), "twitter_clone.wsgi"],
        cwd=ROOT,
        env=environment(tmp_path, free_port(), **variables),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 1
    assert sentence in finished.stderr
    assert "Traceback" not in finished.stderr
