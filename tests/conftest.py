"""The cast everyone knows: alice acts, bob receives, carol is a stranger."""

import itertools
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import settings as hypothesis_settings

from accounts.models import User
from analytics.actions import active, views
from common import ids, naming, outside, rates, realtime, revision
from common.realtime import Push
from events import bus
from events.bus import Plan
from events.catalogue import Event
from jobs.engines.embedded import run_pending
from joining.actions import set_policy
from joining.queries import policy as joining_policy
from moderation.automatic import live
from tests.common.elsewhere import Elsewhere, serving
from tests.emptying import emptied_quickly
from tests.factories import PASSWORD, make_user
from tests.watching import Lines
from twitter_clone.switchboard import PLANS
from web.side import forget_side

# A busy machine is no reason to fail; what must be fast has a test that counts CPU seconds.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


_ASK_IT = {"db", "transactional_db", "database"}  # fixtures


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks the database; the rest says the same there as beside SQLite."""
    if not os.environ.get("TEST_DATABASE_URL") or not config.getoption("asking_only"):
        return
    asking = [item for item in items if _asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--asking-only", action="store_true", help="only tests that ask the database")


def _asks_the_database(item: pytest.Item) -> bool:
    marks = ("django_db", "either_database")
    return any(item.get_closest_marker(mark) for mark in marks) or bool(
        _ASK_IT & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """No test sees what another one left in memory."""
    cache.clear()
    rates.forget_all()
    forget_side()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _nobody_was_seen(monkeypatch) -> None:
    """Statistics know of nobody yet, and nothing waits to be written."""
    monkeypatch.setattr(views, "_line", views._Line())
    monkeypatch.setattr(active, "_seen", active._Seen())


@pytest.fixture(autouse=True)
def _side_column_stays(monkeypatch) -> None:
    """No page in the middle of a test looks around anew, so that queries can be counted."""
    monkeypatch.setattr("web.side.time", lambda: 1_700_000_000)


@pytest.fixture(autouse=True)
def _name_is_known(monkeypatch) -> None:
    """No page in the middle of a test asks how the server is called, so that queries can be counted."""
    monkeypatch.setattr(naming, "_known", "")
    monkeypatch.setattr(naming, "_asked_at", float("inf"))
    monkeypatch.setattr(naming, "_known_under", revision.current(revision.OFFERED))


@pytest.fixture(autouse=True)
def _no_rule_is_live(monkeypatch) -> None:
    """Until a test switches one on: no posting in the middle of a test asks, so queries can be counted."""
    monkeypatch.setattr(live, "_known", False)
    monkeypatch.setattr(live, "_asked_at", float("inf"))


@pytest.fixture(autouse=True)
def _no_later_than_now(monkeypatch) -> None:
    """Ids never go back; after a test that travelled ahead they would stay in its future."""
    monkeypatch.setattr(ids, "_last_ms", 0)


@pytest.fixture(autouse=True)
def _nobody_outside_is_asked(monkeypatch) -> None:
    """No name of the internet is looked up, whatever pages a test links to."""
    look_up = outside._look_up

    def look_up_numbers(host: str, port: int) -> list[str]:
        return look_up(host, port) if re.fullmatch(r"[0-9a-f.:]+|localhost", host) else []

    monkeypatch.setattr(outside, "_look_up", look_up_numbers)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    """Each test stores its files in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session", autouse=True)
def _databases_are_emptied_quickly() -> Iterator[None]:
    with emptied_quickly():
        yield


@pytest.fixture
def alice(db) -> User:
    return make_user("alice", display_name="Alice Ashdown")


@pytest.fixture
def bob(db) -> User:
    return make_user("bob", display_name="Bob")


@pytest.fixture
def carol(db) -> User:
    return make_user("carol")


@pytest.fixture
def staff(db) -> User:
    return make_user("stella", is_staff=True, is_superuser=True)


@pytest.fixture
def set_joining(staff, django_capture_on_commit_callbacks) -> Callable[..., None]:
    """`set_joining(mode="closed")`: staff change who may join, and what new people may do."""

    def change(**changes: object) -> None:
        changed = joining_policy()
        for name, value in changes.items():
            setattr(changed, name, value)
        with django_capture_on_commit_callbacks(execute=True):
            set_policy(staff, changed)

    return change


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """A browser in which that person is signed in."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def proved() -> Callable[[User], Client]:
    """The same of somebody who has just shown their password, as dangerous changes want it."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.post("/login/", {"login": person.username, "password": PASSWORD})
        return client

    return signed_in


@pytest.fixture
def as_alice(alice, as_person) -> Client:
    return as_person(alice)


@pytest.fixture
def as_bob(bob, as_person) -> Client:
    return as_person(bob)


@pytest.fixture
def announced(django_capture_on_commit_callbacks) -> Iterator[Callable[[], object]]:
    """`with announced() as events:` lists what the actions inside announce; nobody else reacts."""

    @contextmanager
    def listening() -> Iterator[list[Event]]:
        events: list[Event] = []
        bus.connect({kind: Plan(now=[events.append]) for kind in PLANS})
        with django_capture_on_commit_callbacks(execute=True):
            yield events

    yield listening
    bus.connect(PLANS)


@pytest.fixture
def events_happen(django_capture_on_commit_callbacks) -> Callable[[], object]:
    """`with events_happen():` commits what is done inside, then runs every job that came of it."""

    @contextmanager
    def happening() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield
        with django_capture_on_commit_callbacks(execute=True):  # jobs commit, too
            run_pending()

    return happening


@pytest.fixture
def pushed(monkeypatch) -> list[Push]:
    """What open pages and apps are told, in order."""
    told: list[Push] = []
    monkeypatch.setattr(realtime, "_send", told.append)
    return told


@pytest.fixture
def elsewhere(settings) -> Iterator[Elsewhere]:
    """Another server, which we may ask although it is on this machine."""
    settings.OUTSIDE_ALLOWS_LOOPBACK = True
    with serving("127.0.0.1") as server:
        yield server


@pytest.fixture
def same_estimates(monkeypatch) -> None:
    """Sketches of readers come out alike in each run: ids and the secrets of days are not left to chance."""
    salts = itertools.count(1)
    monkeypatch.setattr(ids, "_process", 7)
    monkeypatch.setattr(ids, "secrets", SimpleNamespace(randbelow=lambda limit: 0))
    monkeypatch.setattr(views, "_new_salt", lambda: b"salt %d" % next(salts))


@pytest.fixture
def log_lines(settings) -> Iterator[Lines]:
    """The log of a server that tells of every request, from its most talkative level on."""
    settings.LOG_REQUESTS = True
    root, lines = logging.getLogger(), Lines()
    before = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    yield lines
    root.setLevel(before)
    root.removeHandler(lines)
