"""What bin/setup says to a person whose machine lacks something."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def checkout(tmp_path):
    """A copy with nothing but the command and the lists it installs."""
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "setup", tmp_path / "bin" / "setup")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def test_python_that_is_too_old_is_named_in_one_line(checkout):
    answer = set_up(checkout, python=pretend(checkout, version="3.9.2", new_enough=False))

    assert answer.returncode == 1
    assert answer.stderr == (
        "Twitter Clone needs Python 3.11 or newer (found: Python 3.9.2)."
        " Install the package python3.11 or newer.\n"
    )
    assert not (checkout / ".venv").exists()


def test_missing_venv_module_names_the_package(checkout):
    answer = set_up(checkout, python=pretend(checkout, version="3.11", has_venv=False))

    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert "Install the package python3.11-venv" in answer.stderr


def test_unknown_kind_is_refused(checkout):
    answer = set_up(checkout, "everything")

    assert answer.returncode == 1
    assert "bin/setup production or bin/setup development" in answer.stderr


def test_what_is_installed_already_is_left_alone(checkout):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)
    lists = b"".join(
        (checkout / "requirements" / f"{kind}.txt").read_bytes() for kind in ("production", "development")
    )
    checksum = subprocess.run(["cksum"], input=lists, capture_output=True, check=True).stdout.decode().strip()
    (checkout / ".venv" / "installed").write_text(f"development {checksum}")

    for kind in ("production", "development"):
        answer = set_up(checkout, kind)
        assert (answer.returncode, answer.stderr) == (0, "")


def set_up(checkout, kind="production", python=None):
    environment = {"PATH": "/usr/bin:/bin", **({"PYTHON": str(python)} if python else {})}
    return subprocess.run(
        [checkout / "bin" / "setup", kind], env=environment, capture_output=True, text=True, timeout=60
    )


def pretend(folder, *, version, new_enough=True, has_venv=True):
    """A command that answers like the Python of another machine."""
    fake = folder / "fake-python"
    fake.write_text(
        "#!/bin/sh\n"
        f'case "$*" in\n'
        f"  --version) echo Python {version} ;;\n"
        f"  *version_info\\ \\<*) exit {0 if new_enough else 1} ;;\n"
        f"  *ensurepip*) exit {0 if has_venv else 1} ;;\n"
        f"  *version_info*) echo {version} ;;\n"
        "esac\n"
    )
    fake.chmod(0o755)
    return fake
