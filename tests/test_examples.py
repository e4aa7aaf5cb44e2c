"""The examples of docs/running.md are read by the programs they are for, where those are installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.serving import ROOT

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def example(beginning: str) -> str:
    """The block of the documentation that begins so."""
    blocks = [text for _, text in _BLOCK.findall((ROOT / "docs" / "running.md").read_text())]
    (found,) = [text for text in blocks if text.startswith(beginning)]
    return found


def program(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin")
    if not found:
        pytest.skip(f"{name} is not installed here")
    return found


def said_by(*command: str, cwd: Path) -> tuple[int, str]:
    done = subprocess.run(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout


@pytest.fixture
def certificate(tmp_path) -> Path:
    """A key and its certificate in one folder, as the example finds them."""
    program("openssl")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=chirp.example".split()
    said_by(*command, "-keyout", "privkey.pem", "-out", "fullchain.pem", cwd=tmp_path)
    return tmp_path


@pytest.mark.parametrize("beginning", ["location /live", "map $http_upgrade"])
def test_nginx_reads_its_example(beginning, certificate):
    inner = example(beginning).replace("/etc/letsencrypt/live/chirp.example", str(certificate))
    if beginning.startswith("location"):
        inner = f"server {{ listen 8080; {inner} }}"
    (certificate / "nginx.conf").write_text(f"events {{}} http {{ access_log off; {inner} }}")
    command = (program("nginx"), "-t", "-p", str(certificate), "-c", "nginx.conf")
    code, said = said_by(*command, "-g", f"pid {certificate}/nginx.pid; error_log stderr;", cwd=certificate)
    assert code == 0, said
    assert "[warn]" not in said


def test_caddy_reads_its_example(tmp_path):
    (tmp_path / "Caddyfile").write_text(example("chirp.example {"))
    code, said = said_by(
        program("caddy"), "validate", "--config", "Caddyfile", "--adapter", "caddyfile", cwd=tmp_path
    )
    assert code == 0, said


@pytest.mark.parametrize(
    ("beginning", "unit"), [("[Service]", "chirp.service"), ("[Unit]", "chirp@.service")]
)
def test_systemd_reads_its_units(beginning, unit, tmp_path):
    """Its complaints of what only a real host has, people and folders, are none of the unit."""
    text = re.sub(r"^(ExecStart=).*", r"\1/bin/true", example(beginning), flags=re.M)
    (tmp_path / unit).write_text(text)
    instance = unit.replace("@", "@web")
    if instance != unit:
        (tmp_path / instance).symlink_to(tmp_path / unit)
    _, said = said_by(
        program("systemd-analyze"), "verify", "--man=no", str(tmp_path / instance), cwd=tmp_path
    )
    complaints = [line for line in said.splitlines() if "chirp" in line]
    assert complaints == []


@pytest.mark.parametrize("role", ["run", "web", "stream", "worker"])
def test_every_role_of_the_units_is_there(role):
    assert (ROOT / "bin" / role).stat().st_mode & 0o111
