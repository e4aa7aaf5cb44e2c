"""What may not be seen is seen nowhere: every address of the site, tried by everybody who must not see.

`tests/visibility/routes.py` is the table, `tests/visibility/scene.py` the people and the tweets.
"""

import pytest
from django.urls import URLPattern, URLResolver, reverse

from accounts.actions import leave, limit_user, suspend_user
from accounts.models import User
from tests.attacks.addresses import addresses_with
from tests.factories import make_user
from tests.visibility.routes import (
    ALL,
    GESTURES,
    LISTS,
    OFFERING,
    ONE_TWEET,
    SEES,
    SHOWS_NO_TWEETS,
    TOLD,
    VISITORS,
    List,
    Page,
    expected,
)
from tests.visibility.scene import Scene, answer_to, staged, told
from tweets.actions import hide_tweet
from tweets.models import Tweet
from twitter_clone.urls import pages
from web.side import forget_side

pytestmark = pytest.mark.django_db
ABSENT_ID = 1_234_567_890_123
FRAGMENT = {"HX-Request": "true"}
_LIBRARY = ("account_", "mfa_")  # django-allauth's second names of pages of ours
_READERS = pytest.mark.parametrize("reader", SEES)


@pytest.fixture(scope="module", autouse=True)
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    with staged(django_db_blocker, tmp_path_factory.mktemp("media")) as built:
        yield built


def _patterns(patterns: list) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        found += _patterns(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
    return [pattern for pattern in found if not str(pattern.name).startswith(_LIBRARY)]


# --- The table is complete --------------------------------------------------------------------------


def test_every_address_is_in_the_table():
    known = {pattern.name for pattern in _patterns(pages)}
    shows = {row.name for row in (*ONE_TWEET, *LISTS)} | set(GESTURES) | set(TOLD)

    assert known - shows - set(SHOWS_NO_TWEETS) == set(), "add it to tests/visibility/routes.py"
    assert (shows | set(SHOWS_NO_TWEETS)) - known == set(), "remove it from tests/visibility/routes.py"
    assert shows & set(SHOWS_NO_TWEETS) == set()


def test_every_address_with_a_tweet_in_it_is_tried():
    takes_a_tweet = {pattern.name for pattern in _patterns(pages) if "tweet_id" in str(pattern.pattern)}

    assert takes_a_tweet <= {page.name for page in ONE_TWEET} | set(GESTURES) | set(TOLD)


@pytest.mark.parametrize("reader", ["visitor", "mentioned", "author"])
def test_what_is_said_to_show_no_tweets_shows_none(scene: Scene, reader):
    for pattern in _patterns(pages):
        if pattern.name not in SHOWS_NO_TWEETS:
            continue
        parts = [*pattern.pattern.converters, *pattern.pattern.regex.groupindex]
        given = {part: "alice" if part == "handle" else "1" for part in parts}
        page = scene.clients[reader].get(reverse(pattern.name, kwargs=given)).content.decode(errors="replace")
        assert scene.words_on(page) == set(), pattern.name


# --- Nobody sees more, and nobody sees less ---------------------------------------------------------


@_READERS
@pytest.mark.parametrize("row", LISTS, ids=lambda row: f"{row.name} {row.address}")
def test_lists_hold_what_the_reader_may_see_and_nothing_else(scene: Scene, reader, row: List):
    if reader in row.but_not:
        return
    client, shown = scene.clients[reader], set()
    addresses = scene.addresses(row.address, reader)
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code in (302, 403, 404)) == (row.needs_login and reader in VISITORS)
        shown |= scene.words_on(answer.content.decode())
    assert shown == expected(row, reader)
    mark = "&" if "?" in addresses[0] else "?"
    part = client.get(f"{addresses[0]}{mark}cursor={2**62}", headers=FRAGMENT)
    assert scene.words_on(part.content.decode()) <= shown


@_READERS
@pytest.mark.parametrize("page", ONE_TWEET, ids=lambda page: page.address)
def test_a_tweet_opens_for_those_who_may_see_it_and_is_not_there_for_others(scene: Scene, reader, page: Page):
    client = scene.clients[reader]
    absent = answer_to(client, page.address, ABSENT_ID)
    for audience in sorted(ALL):
        tweet = scene.tweets["plain", audience]
        sees = SEES["visitor" if page.as_visitor else reader]
        if audience not in sees or (page.needs_login and reader in VISITORS):
            assert answer_to(client, page.address, tweet.id) == absent
            continue
        answer = client.get(page.address.format(id=tweet.id))
        is_for_them = audience in page.audiences and (reader == "author" or not page.for_author)
        assert answer.status_code == (page.status if is_for_them else page.otherwise)
        shown = scene.words_on(answer.content.decode())
        assert shown == ({("plain", audience)} if page.has_words and is_for_them else set())
    assert absent[0] == (302 if page.needs_login and reader in VISITORS else 404)


@_READERS
@pytest.mark.parametrize("button", GESTURES.values())
def test_no_gesture_tells_an_unseen_tweet_from_one_that_is_not_there(scene: Scene, reader, button):
    client, address = scene.clients[reader], f"/@alice/{{id}}/{button}"
    absent = answer_to(client, address, ABSENT_ID, "post")
    for audience in sorted(ALL - SEES[reader])[:2]:
        tweet = scene.tweets["plain", audience]
        before = Tweet.objects.filter(pk=tweet.pk).values().get()
        assert answer_to(client, address, tweet.id, "post") == absent
        assert Tweet.objects.filter(pk=tweet.pk).values().get() == before
    assert absent[0] == (302 if reader in VISITORS else 404)


@_READERS
@pytest.mark.parametrize("word", TOLD.values())
def test_what_a_script_tells_of_an_unseen_tweet_is_told_of_none(scene: Scene, reader, word):
    client = scene.clients[reader]
    for audience in sorted(ALL):
        address = f"/@alice/{scene.tweets['plain', audience].id}/{word}"
        answer = client.post(address, headers={"Origin": "http://localhost:8000"})
        assert answer.status_code == (204 if audience in SEES[reader] else 404)
        assert scene.words_on(answer.content.decode()) == set()


@pytest.mark.parametrize("field", ["reply_to", "quote"])
@_READERS
def test_nothing_is_said_to_or_about_an_unseen_tweet(scene: Scene, reader, field):
    client, before = scene.clients[reader], Tweet.objects.count()
    for audience in sorted(ALL - SEES[reader])[:1]:
        said = {"text": "hello", "key": "k" * 20}
        there = client.post("/create/", {**said, field: scene.tweets["plain", audience].id})
        absent = client.post("/create/", {**said, field: ABSENT_ID})
        assert there.status_code == absent.status_code
        assert told(there, scene.tweets["plain", audience].id) == told(absent, ABSENT_ID)
    assert Tweet.objects.count() == before


# --- Hidden and suspended ---------------------------------------------------------------------------


@pytest.fixture(params=["hidden by staff", "suspended author", "leaving author"])
def gone(scene: Scene, request) -> None:
    staff = make_user("sternly", is_staff=True, is_superuser=True)
    if request.param == "hidden by staff":
        for tweet in scene.tweets.values():
            hide_tweet(staff, tweet)
    elif request.param == "leaving author":
        leave(User.objects.get(username="alice"))
    else:
        suspend_user(staff, User.objects.get(username="alice"))


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize("reader", ["visitor", "mentioned", "author"])
def test_what_staff_took_away_is_not_there_for_anybody(scene: Scene, reader):
    client = scene.clients[reader]
    for row in LISTS:
        for address in scene.addresses(row.address, reader):
            assert scene.words_on(client.get(address).content.decode()) == set(), row.name
    for page in ONE_TWEET:
        absent = answer_to(client, page.address, ABSENT_ID)
        assert answer_to(client, page.address, scene.tweets["plain", "public"].id) == absent, page.name


# --- Limited ----------------------------------------------------------------------------------------


@pytest.fixture
def limited(scene: Scene) -> None:
    limit_user(make_user("sternly", is_staff=True, is_superuser=True), User.objects.get(username="alice"))


@pytest.mark.usefixtures("limited")
@_READERS
@pytest.mark.parametrize("row", LISTS, ids=lambda row: f"{row.name} {row.address}")
def test_whom_staff_limited_only_followers_come_across(scene: Scene, reader, row: List):
    """Where one asked for her words, on her profile or in a thread, nothing changes."""
    if reader in row.but_not:
        return
    pages = [scene.clients[reader].get(address) for address in scene.addresses(row.address, reader)]
    shown = set().union(*(scene.words_on(page.content.decode()) for page in pages))
    is_home = "place=home" in row.address or (row.address == "/" and reader not in VISITORS)
    knows_her = reader in ("follower", "author") and row.name not in (
        "tag_atom",
        "tag_rss",
    )  # the same for all
    is_kept_away = row.name in OFFERING and not is_home and not knows_her
    assert shown == (set() if is_kept_away else expected(row, reader))


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize("reader", ["visitor", "stranger"])
def test_whom_staff_limited_is_found_by_who_asks_for_them(scene: Scene, reader):
    for address in ("/@alice", "/@alice/replies", scene.tweets["plain", "public"].path):
        assert scene.words_on(scene.clients[reader].get(address).content.decode()), address


def test_lists_that_offer_words_are_lists():
    assert {row.name for row in LISTS} >= OFFERING


# --- Names of who is suspended ----------------------------------------------------------------------


@pytest.mark.parametrize("reader", ["visitor", "stranger", "follower", "mentioned"])
def test_who_is_suspended_is_named_on_no_page(scene: Scene, reader):
    """By the display name: the handle still stands in what others wrote."""
    alice = User.objects.get(username="alice")
    User.objects.filter(pk=alice.pk).update(display_name="Quincemeal")
    parts = {"handle": "rita", "tweet_id": Tweet.objects.filter(author__username="rita").first().pk}
    addresses = {name: path for name, path in addresses_with(parts | _NAMED).items() if name != "logout"}
    addresses |= {
        f"{row.name} {row.address}": path for row in LISTS for path in scene.addresses(row.address, reader)
    }
    addresses |= {"search people": "/search/?q=quincemeal&tab=people", "typed": "/suggest/?q=@quince"}
    named = {name for name, path in addresses.items() if _names_her(scene.clients[reader].get(path))}
    assert named, "the walk meets her nowhere while she is there"
    suspend_user(make_user("sternly", is_staff=True, is_superuser=True), alice)
    forget_side()
    now = {name for name, path in addresses.items() if _names_her(scene.clients[reader].get(path))}
    assert now <= {"settings_muted", "settings_blocked"}  # theirs to end


_NAMED = {
    "list_id": 1,
    "filter_id": 1,
    "conversation_id": 1,
    "draft_id": 1,
    "scheduled_id": 1,
    "card_id": 1,
    "name": "breakfast",
}


def _names_her(answer) -> bool:
    return not answer.streaming and b"Quincemeal" in answer.content
