"""A server with wrong settings does not start, and says what to do."""

import ast
import os
import subprocess
import sys

import pytest
from django.core.checks import Tags, run_checks

from tests.architecture.house import ROOT

GOOD = {
    "SECRET_KEY": "good key " * 7,
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
}


@pytest.fixture
def start(tmp_path):
    """Django set up in a process of its own, with these variables and nothing of ours besides."""

    def starting(program="print('started')", **changes):
        environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **GOOD, **changes}
        environment["DJANGO_SETTINGS_MODULE"] = "twitter_clone.settings.base"
        return subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {program}"],
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
        ({"SECRET_KEY": "short"}, "SECRET_KEY can be guessed."),
        ({"SECRET_KEY": "abcd" * 20}, "SECRET_KEY can be guessed."),
        ({"SECRET_KEY": "django-insecure-" + "good key" * 9}, "SECRET_KEY can be guessed."),
        ({"SECRET_KEY_FALLBACKS": "short"}, "SECRET_KEY_FALLBACKS can be guessed."),
        ({"DEBUG": "yes", "SECRET_KEY": ""}, "SECRET_KEY is missing."),
        ({"ALLOWED_HOSTS": "example.org,*"}, "ALLOWED_HOSTS is “*”"),
        ({"SITE_URL": "http://ex.org:abc"}, "SITE_URL is “http://ex.org:abc”; write scheme and host"),
        ({"SITE_URL": "http://[ex.org"}, "SITE_URL is “http://[ex.org”; write scheme and host"),
        ({"REDIS_URL": "http://:hush@x"}, "REDIS_URL names no Redis; write redis://"),
        (
            {"RATE_LIMITS_ALLOW": "10.0.0.0/8, here"},
            "RATE_LIMITS_ALLOW names “here”, which is neither an address",
        ),
        ({"RATE_LIMITS": "perhaps"}, "RATE_LIMITS is “perhaps”; write yes or no."),
        ({"CELERY_BROKER_URL": "http://:hush@x"}, "CELERY_BROKER_URL names no broker; write redis"),
        ({"CELERY_BROKER_URL": "redis"}, "CELERY_BROKER_URL is “redis”, the one of REDIS_URL: set that"),
        ({"DATABASE_URL": "nonsense://x"}, "DATABASE_URL names no database we know"),
        ({"DATABASE_URL": "mysql://alice:hush@x/y"}, "DATABASE_URL names no database we know"),
        (
            {"DATABASE_REPLICA_URLS": "mysql://alice:hush@x/y"},
            "DATABASE_REPLICA_URLS names no database we know",
        ),
        (
            {"DATABASE_REPLICA_URLS": "postgres://x/y"},
            "DATABASE_REPLICA_URLS is set, but only PostgreSQL has",
        ),
        (
            {"DATABASE_URL": "postgres://x/y", "DATABASE_REPLICA_URLS": "sqlite:////tmp/copy"},
            "DATABASE_REPLICA_URLS is set, but only PostgreSQL has replicas",
        ),
        ({"REPLICA_MAX_LAG_SECONDS": "1"}, "REPLICA_MAX_LAG_SECONDS is 1; it must be at least 3."),
        ({"DATABASE_POOLER": "statement"}, "DATABASE_POOLER is “statement”; write transaction, or nothing"),
        ({"DATABASE_POOLER": "transaction"}, "DATABASE_POOLER stands in front of PostgreSQL"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is “LOUD”; write DEBUG, INFO, WARNING or ERROR."),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is “xml”; write json or text."),
        ({"METRICS_TOKEN": "hush"}, "METRICS_TOKEN can be guessed; write 16 or more characters."),
        ({"METRICS_ADDRESSES": "10.0.0.1,here"}, "METRICS_ADDRESSES names “here”, which is neither"),
        ({"METRICS_ADDRESSES": "10.0.0.1/8"}, "METRICS_ADDRESSES names “10.0.0.1/8”, which is neither"),
        ({"SLOW_QUERY_MS": "much"}, "SLOW_QUERY_MS is “much”; write a whole number."),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS is empty. Name the hosts"),
        ({"SITE_URL": "example.org"}, "SITE_URL is “example.org”; write scheme and host"),
        ({"SITE_URL": "https://example.org/people"}, "SITE_URL is “https://example.org/people”"),
        ({"SITE_URL": "http://example.org"}, "over http anybody on the way reads passwords. Write https://…"),
        ({"SITE_URL": "http://10.0.0.7:8000"}, "or PLAIN_HTTP=yes for a network of your own."),
        ({"SITE_URL": "http://localhost.example.org"}, "over http anybody on the way reads passwords."),
        (
            {"PLAIN_HTTP": "perhaps", "SITE_URL": "http://10.0.0.7"},
            "PLAIN_HTTP is “perhaps”; write yes or no",
        ),
        ({"CONTACT_EMAIL": "help"}, "CONTACT_EMAIL is “help”; write an address like help@example.org"),
        ({"SITE_URL": "ftp://example.org"}, "SITE_URL is “ftp://example.org”"),
        ({"DEBUG": "perhaps"}, "DEBUG is “perhaps”; write yes or no."),
        ({"EMAIL_PORT": "post"}, "EMAIL_PORT is “post”; write a whole number."),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is -1; it must be at least 0."),
        ({"SQLITE_SYNCHRONOUS": "OFF"}, "SQLITE_SYNCHRONOUS is either FULL"),
        ({"CAPTCHA_QUESTION": "Who?"}, "CAPTCHA_QUESTION and CAPTCHA_ANSWERS belong together"),
        ({"CAPTCHA_ANSWERS": " | red"}, "CAPTCHA_QUESTION and CAPTCHA_ANSWERS belong together"),
    ],
)
def test_wrong_settings_stop_the_start_with_a_sentence(start, changes, sentence):
    answer = start(**changes)

    assert answer.returncode != 0
    assert answer.stdout == ""
    assert sentence in answer.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "changes",
    [
        {"SITE_URL": "http://10.0.0.7:8000", "PLAIN_HTTP": "yes"},
        {"SITE_URL": "http://10.0.0.7:8000", "DEBUG": "yes"},
        *(
            {"SITE_URL": f"http://{host}:8000"}
            for host in ("127.0.0.1", "127.1.2.3", "[::1]", "me.localhost")
        ),
    ],
)
def test_plain_http_is_for_this_machine_or_for_whoever_wants_it(start, changes):
    answer = start(**changes)

    assert (answer.returncode, answer.stdout) == (0, "started\n"), answer.stderr


def test_replicas_are_read_and_whoever_came_later_is_numbered(start):
    urls = {"DATABASE_URL": "postgres://x/y", "DATABASE_REPLICA_URLS": " postgres://a/y, postgres://b/y ,"}
    answer = start(
        "from django.conf import settings; print(settings.REPLICAS, settings.DATABASES['replica2']['HOST'])",
        **urls,
    )

    assert answer.stdout == "['replica1', 'replica2'] b\n", answer.stderr


def test_a_pooler_is_asked_for_nothing_that_belongs_to_a_session(start):
    said = "from django.conf import settings; print(settings.DATABASES['default'])"
    options = ast.literal_eval(
        start(said, DATABASE_URL="postgres://x/y", DATABASE_POOLER="transaction").stdout
    )

    assert "options" not in options["OPTIONS"]
    assert options["OPTIONS"]["prepare_threshold"] is None
    assert options["DISABLE_SERVER_SIDE_CURSORS"] is True


def test_redis_takes_the_place_of_the_table(start):
    said = (
        "from django.conf import settings as s;"
        " print(s.CACHES['default']['BACKEND'], s.SESSION_ENGINE.rpartition('.')[2], len(s.CHANNEL_LAYERS))"
    )
    assert start(said).stdout == "common.cache.DatabaseJSONCache db 0\n"
    assert start(said, REDIS_URL="redis://x").stdout == "common.redis_cache.RedisJSONCache cached_db 1\n"
    alone = start(said, REDIS_URL="redis://x", SINGLE_PROCESS="yes")
    assert alone.stdout == "common.redis_cache.RedisJSONCache cached_db 1\n", alone.stderr


def test_debug_on_this_machine_needs_no_key(start):
    answer = start(DEBUG="yes", SECRET_KEY="", ALLOWED_HOSTS="", SITE_URL="http://localhost:8000")

    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("site", "mail", "warned"),
    [
        ("https://example.org", "", True),
        ("https://example.org", "mail.example.org", False),
        ("http://localhost:8000", "", False),
    ],
)
def test_a_public_address_without_mail_is_a_warning(settings, site, mail, warned):
    settings.SITE_IS_LOCAL = "localhost" in site
    settings.EMAIL_HOST = mail
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert ("twitter_clone.W001" in {message.id for message in found}) is warned
    assert "twitter_clone.W001" not in {message.id for message in run_checks(tags=[Tags.security])}


def test_a_library_does_not_tell_of_every_attempt(start):
    told = [
        ("channels_redis.pubsub", "error"),
        ("opentelemetry.exporter", "warning"),
        ("common.hub", "warning"),
    ]
    calls = "; ".join(f"logging.getLogger('{name}').{level}('from {name}')" for name, level in told)
    said = start(f"import logging; {calls}").stderr

    assert "from common.hub" in said
    assert "from channels_redis" not in said
    assert "from opentelemetry" not in said


@pytest.mark.parametrize(
    ("where", "address"),
    [
        ({}, "0.0.0.0:8000"),
        ({"HOST": "127.0.0.1", "PORT": "9"}, "127.0.0.1:9"),
        ({"HOST": "::1"}, "[::1]:8000"),
    ],
)
def test_gunicorn_listens_where_it_is_told(start, where, address):
    answer = start("import runpy; print(runpy.run_path('gunicorn.conf.py')['bind'])", **where)

    assert answer.stdout == f"{address}\n", answer.stderr
