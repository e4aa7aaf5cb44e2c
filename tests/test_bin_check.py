"""bin/check fails when one of its steps does, and says which."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def checkout(tmp_path):
    """The command alone, in a checkout whose Python only notes what it was asked for."""
    (tmp_path / "bin").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "production.txt").write_text("django==5.2\n")
    shutil.copy(ROOT / "bin" / "check", tmp_path / "bin" / "check")
    write_script(tmp_path / "bin" / "setup", "exit 0")
    write_script(
        tmp_path / ".venv" / "bin" / "python", 'case "$*" in $FAILING) echo "it broke"; exit 1 ;; esac'
    )
    return tmp_path


def test_all_well(checkout):
    answer = check(checkout)

    assert answer.returncode == 0, answer.stdout
    assert answer.stdout.splitlines()[-1] == "All checks passed."


@pytest.mark.parametrize(
    ("failing", "step"),
    [
        ("*mypy*", "types"),
        ("*ruff format*", "format"),
        ("*ruff check*", "lint"),
        ("*importlinter*", "floors"),
        ("*makemigrations*", "migrations"),
        ("*check_migrations*", "upgrades"),
        ("*djlint*", "templates"),
        ("*pytest*", "architecture"),
        ("*check --deploy*", "deployment"),
        ("*collectstatic*", "static-files"),
        ("*pip check*", "requirements"),
    ],
)
def test_one_broken_step_fails_the_whole_and_is_named(checkout, failing, step):
    answer = check(checkout, failing)

    assert answer.returncode == 1
    assert answer.stdout.splitlines()[-1] == f"Failed: {step}"
    assert "      | it broke" in answer.stdout


def test_every_failure_is_listed(checkout):
    answer = check(checkout, "-m*")

    assert answer.stdout.splitlines()[-1] == "Failed: architecture format lint requirements templates types"


def test_script_that_does_not_parse_is_found(checkout):
    write_script(checkout / "bin" / "broken", "if true; then")

    assert check(checkout).stdout.splitlines()[-1] == "Failed: scripts"


@pytest.mark.parametrize("line", ["-i https://packages.invalid/", "django @ https://packages.invalid/a.whl"])
def test_address_in_the_requirements_is_found(checkout, line):
    with (checkout / "requirements" / "production.txt").open("a") as requirements:
        requirements.write(line + "\n")

    answer = check(checkout)

    assert answer.stdout.splitlines()[-1] == "Failed: requirements"
    assert line in answer.stdout


def check(checkout, failing="nothing"):
    environment = {"PATH": "/usr/bin:/bin", "FAILING": failing, "TMPDIR": str(checkout)}
    return subprocess.run(
        [checkout / "bin" / "check"], env=environment, capture_output=True, text=True, timeout=60
    )


def write_script(path, body):
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
