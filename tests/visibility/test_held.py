"""What is held for review, on every address of the site: there for its author, and for nobody else."""

import pytest

from tests.factories import make_user
from tests.visibility.routes import ALL, GESTURES, LISTS, ONE_TWEET, SEES, List, Page, expected
from tests.visibility.scene import Scene, answer_to, staged
from tweets.actions import hold_tweet

pytestmark = pytest.mark.django_db
ABSENT_ID = 1_234_567_890_123


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    with staged(django_db_blocker, tmp_path_factory.mktemp("media")) as built:
        yield built


@pytest.fixture(autouse=True)
def held(scene: Scene) -> None:
    """All but the messages, which cannot be held."""
    staff = make_user("sternly", is_staff=True, is_superuser=True)
    for (_, audience), tweet in scene.tweets.items():
        if audience != "direct":
            hold_tweet(staff, tweet)


@pytest.mark.parametrize("reader", SEES)
@pytest.mark.parametrize("row", LISTS, ids=lambda row: f"{row.name} {row.address}")
def test_what_is_held_only_its_author_comes_across(scene: Scene, reader, row: List):
    if reader in row.but_not:
        return
    pages = [scene.clients[reader].get(address) for address in scene.addresses(row.address, reader)]
    shown = set().union(*(scene.words_on(page.content.decode()) for page in pages))
    sees = expected(row, reader)
    assert shown == (sees if reader == "author" else {place for place in sees if place[1] == "direct"})


@pytest.mark.parametrize("reader", SEES)
@pytest.mark.parametrize("page", ONE_TWEET, ids=lambda page: page.address)
def test_what_is_held_is_not_there_for_anybody_but_its_author(scene: Scene, reader, page: Page):
    client = scene.clients[reader]
    absent = answer_to(client, page.address, ABSENT_ID)
    for audience in sorted(ALL - {"direct"}):
        tweet = scene.tweets["plain", audience]
        is_there = answer_to(client, page.address, tweet.id) != absent
        leaves_the_house = page.as_visitor or page.name == "embed_code"
        assert is_there == (reader == "author" and not leaves_the_house), audience


@pytest.mark.parametrize("reader", ["visitor", "follower", "mentioned"])
def test_no_gesture_tells_a_held_tweet_from_one_that_is_not_there(scene: Scene, reader):
    for button in GESTURES.values():
        address = f"/@alice/{{id}}/{button}"
        absent = answer_to(scene.clients[reader], address, ABSENT_ID, "post")
        tweet = scene.tweets["plain", "public"]
        assert answer_to(scene.clients[reader], address, tweet.id, "post") == absent, button
