"""A server with wrong settings does not start, and says what to do."""

import os
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

GOOD = {
    "SECRET_KEY": "k3y " * 15,
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
}


@pytest.fixture
def start(tmp_path):
    """Django set up in a process of its own, with these variables and nothing of ours besides."""

    def starting(**changes):
        environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **GOOD, **changes}
        environment["DJANGO_SETTINGS_MODULE"] = "twitter_clone.settings.base"
        return subprocess.run(
            [sys.executable, "-c", "import django; django.setup(); print('started')"],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    return starting


def test_good_settings_start(start):
    answer = start()

    assert (answer.returncode, answer.stdout) == (0, "started\n"), answer.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing. Set it to 50 or more random characters"),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS is empty. Name the hosts"),
        ({"SITE_URL": "example.org"}, "SITE_URL is “example.org”; write scheme and host"),
        ({"SITE_URL": "https://example.org/people"}, "SITE_URL is “https://example.org/people”"),
        ({"SITE_URL": "ftp://example.org"}, "SITE_URL is “ftp://example.org”"),
        ({"DEBUG": "perhaps"}, "DEBUG is “perhaps”; write yes or no."),
        ({"EMAIL_PORT": "post"}, "EMAIL_PORT is “post”; write a whole number."),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is -1; it must be at least 0."),
        ({"SQLITE_SYNCHRONOUS": "OFF"}, "SQLITE_SYNCHRONOUS is either FULL"),
    ],
)
def test_wrong_settings_stop_the_start_with_a_sentence(start, changes, sentence):
    answer = start(**changes)

    assert answer.returncode != 0
    assert answer.stdout == ""
    assert sentence in answer.stderr.splitlines()[-1]


def test_debug_needs_no_key(start):
    answer = start(DEBUG="yes", SECRET_KEY="", ALLOWED_HOSTS="")

    assert answer.returncode == 0, answer.stderr
