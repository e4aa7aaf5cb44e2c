"""What may not be seen is seen nowhere in the API either: the people and tweets of tests/visibility."""

import re

import pytest
from django.db import transaction
from django.test import override_settings

from accounts.actions import leave, limit_user, mark_user, suspend_user
from accounts.models import User
from tests.api.calling import Caller, caller_for
from tests.api.operations import address
from tests.factories import make_user
from tests.visibility.api_routes import LISTS, NAMING_A_STATUS, ONE_STATUS, List, OneStatus
from tests.visibility.routes import ALL, SEES
from tests.visibility.scene import Scene, build
from tweets.actions import hide_tweet, hold_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
ABSENT_ID = 1_234_567_890_123
READERS = [name for name in SEES if name != "suspended"]  # whose token opens nothing
_READERS = pytest.mark.parametrize("reader", READERS)


@pytest.fixture(scope="module", autouse=True)
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def callers(scene) -> dict[str, Caller]:
    people = {name: person for name, person in scene.people.items() if name != "visitor"}
    return {"visitor": Caller(), **{name: caller_for(person) for name, person in people.items()}}


def told(answer, tweet_id):
    return answer.status_code, answer.content.decode().replace(str(tweet_id), "ID")


def ask(caller, row: OneStatus, tweet_id):
    method, path = address(row.operation, tweet_id)
    body = {name: tweet_id if value == "ID" else value for name, value in row.body}
    return caller(method, path, body or None)


@_READERS
@pytest.mark.parametrize("row", ONE_STATUS, ids=lambda row: row.operation)
def test_a_tweet_is_there_for_those_who_may_see_it(scene: Scene, callers, reader, row: OneStatus):
    if not row.operation.startswith("GET"):
        return
    absent = told(ask(callers[reader], row, ABSENT_ID), ABSENT_ID)
    assert absent[0] in (401, 404)
    for audience in sorted(ALL):
        tweet = scene.tweets["plain", audience]
        answer = ask(callers[reader], row, tweet.id)
        if audience not in SEES[reader]:
            assert told(answer, tweet.id) == absent
        elif absent[0] == 404:
            assert answer.status_code in (200, 403)
            assert scene.words_on(answer.content.decode()) <= {
                place for place in scene.tweets if place[1] in SEES[reader]
            }


@_READERS
@pytest.mark.parametrize(
    "row", [*ONE_STATUS, *NAMING_A_STATUS], ids=lambda row: f"{row.operation} {row.body}"
)
def test_no_gesture_tells_an_unseen_tweet_from_one_that_is_not_there(scene, callers, reader, row: OneStatus):
    if row.operation.startswith("GET"):
        return
    absent = told(ask(callers[reader], row, ABSENT_ID), ABSENT_ID)
    assert absent[0] == (401 if reader == "visitor" else 404)
    count = Tweet.objects.count()
    for audience in sorted(ALL - SEES[reader])[:2]:
        tweet = scene.tweets["plain", audience]
        before = Tweet.objects.filter(pk=tweet.pk).values().get()
        assert told(ask(callers[reader], row, tweet.id), tweet.id) == absent
        assert Tweet.objects.filter(pk=tweet.pk).values().get() == before
    assert Tweet.objects.count() == count


@_READERS
@pytest.mark.parametrize("row", LISTS, ids=lambda row: row.path)
def test_lists_hold_what_the_reader_may_see_and_nothing_else(scene: Scene, callers, reader, row: List):
    if reader in row.but_not:
        return
    shown = set()
    for path in paths(scene, row, reader):
        answer = callers[reader].get(path)
        assert (answer.status_code == 401) == (row.needs_person and reader == "visitor")
        assert answer.status_code in (200, 401, 404)
        shown |= scene.words_on(answer.content.decode())
    assert shown == expected(row, reader)


def expected(row: List, reader: str) -> set[tuple[str, str]]:
    if (row.needs_person and reader == "visitor") or (row.hides_muted and reader == "muter"):
        return set()
    return {(place, audience) for place in row.places for audience in SEES[reader] & row.audiences}


def paths(scene: Scene, row: List, reader: str) -> list[str]:
    """With the placeholders of the row filled from the scene."""
    alice = scene.people["author"]
    ids = "&".join(f"id[]={tweet.id}" for tweet in scene.tweets.values())
    own_list = scene.lists.get(reader, "/lists/1/").strip("/").rpartition("/")[2]
    rita = User.objects.get(username="rita")
    known = {
        "{alice}": str(alice.id),
        "{rita}": str(rita.id),
        "{ids}": ids,
        "{list}": own_list,
        "{tag}": "breakfast",
    }
    path = row.path
    for name, value in known.items():
        path = path.replace(name, value)
    if found := re.search(r"\{others:(\w+)\}", path):
        numbers = [address.rstrip("/").rpartition("/")[2] for address in scene.others[found[1]]]
        return [path.replace(found[0], number) for number in numbers]
    return [path]


@pytest.fixture(params=["hidden by staff", "suspended author", "leaving author"])
def gone(scene: Scene, request) -> None:
    """No job has run since: what is out of sight is so at once."""
    staff = make_user("sternly", is_staff=True, is_superuser=True)
    if request.param == "hidden by staff":
        for tweet in scene.tweets.values():
            hide_tweet(staff, tweet)
    elif request.param == "leaving author":
        leave(User.objects.get(username="alice"))
    else:
        suspend_user(staff, User.objects.get(username="alice"))


@pytest.mark.usefixtures("gone")
@_READERS
def test_what_staff_took_away_is_not_there_for_anybody(scene: Scene, callers, reader):
    for row in LISTS:
        for path in paths(scene, row, reader):
            assert scene.words_on(callers[reader].get(path).content.decode()) == set(), row.path
    for row in ONE_STATUS:
        if row.operation.startswith("GET"):
            tweet = scene.tweets["plain", "public"]
            absent = told(ask(callers[reader], row, ABSENT_ID), ABSENT_ID)
            assert told(ask(callers[reader], row, tweet.id), tweet.id) == absent


@_READERS
def test_what_is_held_is_there_for_its_author_alone(scene: Scene, callers, reader):
    staff = make_user("sternly", is_staff=True, is_superuser=True)
    for (_, audience), tweet in scene.tweets.items():
        if audience != "direct":
            hold_tweet(staff, tweet)
    for row in LISTS:
        if reader in row.but_not:
            continue
        shown = set()
        for path in paths(scene, row, reader):
            shown |= scene.words_on(callers[reader].get(path).content.decode())
        if reader == "author":
            assert shown == expected(row, reader), row.path
        else:
            assert {audience for _, audience in shown} <= {"direct"}, row.path
    for row in ONE_STATUS:
        tweet = scene.tweets["plain", "public"]
        if reader != "author":
            absent = told(ask(callers[reader], row, ABSENT_ID), ABSENT_ID)
            assert told(ask(callers[reader], row, tweet.id), tweet.id) == absent, row.operation


OFFERING = ("/api/v1/timelines/public", "/api/v1/timelines/tag/", "/api/v1/trends/statuses", "search?q=")


@_READERS
def test_whom_staff_limited_only_followers_come_across(scene: Scene, callers, reader):
    """Elsewhere, where one asked for her words, nothing changes."""
    limit_user(make_user("sternly", is_staff=True, is_superuser=True), User.objects.get(username="alice"))
    for row in LISTS:
        if reader in row.but_not:
            continue
        answers = [callers[reader].get(path) for path in paths(scene, row, reader)]
        shown = set().union(*(scene.words_on(answer.content.decode()) for answer in answers))
        is_offered = any(part in row.path for part in OFFERING)
        kept_away = is_offered and reader not in ("follower", "author")
        assert shown == (set() if kept_away else expected(row, reader)), row.path


@pytest.mark.parametrize("reader", ["stranger", "follower"])
def test_whom_staff_limited_is_offered_as_a_person_to_followers_alone(scene: Scene, callers, reader):
    alice = User.objects.get(username="alice")
    offering = ("/api/v1/accounts/search?q=ali", "/api/v1/directory")
    limit_user(make_user("sternly", is_staff=True, is_superuser=True), alice)
    for path in offering:
        found = f'"id":"{alice.pk}"' in callers[reader].get(path).content.decode()
        assert found == (reader == "follower" and "search" in path), path
    assert callers[reader].get(f"/api/v1/accounts/{alice.pk}").status_code == 200
    assert callers[reader].get("/api/v1/accounts/lookup?acct=alice").status_code == 200


def test_pictures_of_whom_staff_marked_are_sensitive(scene: Scene, callers):
    tweet = scene.tweets["plain", "public"]
    path = f"/api/v1/statuses/{tweet.pk}"
    assert callers["stranger"].get(path).json()["sensitive"] is False
    mark_user(make_user("sternly", is_staff=True, is_superuser=True), User.objects.get(username="alice"))
    assert callers["stranger"].get(path).json()["sensitive"] is True


def test_a_suspended_person_reads_nothing(callers):
    assert User.objects.get(username="suspended").state == User.State.SUSPENDED
    assert callers["suspended"].get("/api/v1/timelines/home").status_code == 401
