"""Every condition finds what it says and nothing else, on either engine."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import suspend_user
from common.paging import Window
from relationships.actions import block_user, follow_user, mute_user
from search.queries import Asked, latest
from search.queries import tweets as queries
from search.query_language import read_question
from tests.factories import make_image, make_quote, make_reply, make_tweet, make_user
from tweets.actions import delete_tweet, edit_tweet, hide_tweet, like_tweet, post_tweet, retweet
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db

# What is asked -> the letters of what is found, newest first.
FOUND = {
    "river": "cba",
    "RIVER": "cba",
    "cafe": "b",
    "CAFÉ": "b",
    "coffee": "ba",
    "coff": "",
    '"river café"': "b",
    '"café river"': "",
    '"rain a river"': "",  # words and a picture's description do not touch
    "river -coffee": "c",
    "river -cafe -rain": "a",
    "-river": "gfed",
    "from:alice river": "ca",
    "-from:alice": "geb",
    "from:alice -river": "fd",
    "@bob": "a",
    "-@bob river": "cb",
    "#coffee": "b",
    "#COFFEE": "b",
    "has:media": "c",
    "has:link": "b",
    "river -has:media -has:link": "a",
    "東京": "d",
    "京都の桜": "d",
    "都京": "",
    "桜": "d",
    "す": "d",
    "桜が満開です🌸": "d",
    "🌸": "d",
    "ラーメン": "g",
    "ﾗｰﾒﾝ": "g",
    "ガソリン": "g",
    "ｶﾞｿﾘﾝ": "g",
    "🇯🇵": "g",
    "🇩🇪": "",
    "รัก": "e",
    "เมืองไทย": "e",
    "snake_case": "f",
    "snake": "",
    "don't": "f",
    "10:30": "f",
    "strasse": "f",
    "example.org": "b",
    "from": "",  # not the marks beside the words
    "media": "",
    "every": "",
}


@pytest.fixture
def said(alice, bob, events_happen):
    """Tweets by the letter that stands before each."""
    with events_happen():
        return {
            "a": make_tweet(alice, "A walk along the river, then coffee with @bob"),
            "b": make_tweet(bob, "Café crème at the river café #Coffee https://example.org/menu"),
            "c": make_tweet(
                alice, "nothing but rain", images=[make_image(alice, description="A RIVER in spate")]
            ),
            "d": make_tweet(alice, "東京都の桜が満開です🌸"),
            "e": make_tweet(bob, "ฉันรักเมืองไทย"),
            "f": make_tweet(alice, "snake_case and don't worry: 10:30, Straße 5"),
            "g": make_tweet(bob, "ﾗｰﾒﾝ屋の隣でガソリンを🇯🇵"),
        }


def test_what_is_asked_is_found(found, said):
    letters = {tweet.id: letter for letter, tweet in said.items()}

    assert {asked: "".join(letters[an_id] for an_id in found(asked)) for asked in FOUND} == FOUND


def test_replies_and_quotes_are_told_apart(found, alice, bob, events_happen):
    with events_happen():
        first = make_tweet(alice, "plum jam")
        reply = make_reply(bob, first, "plum tart")
        quote = make_quote(bob, first, "plum wine")

    assert found("plum is:reply") == found("to:alice") == [reply.id]
    assert found("plum is:quote") == [quote.id]
    assert found("plum -is:reply -is:quote") == [first.id]


def test_days_are_those_of_utc_and_stand_outside(found, alice, events_happen):
    with events_happen():
        ids = [
            post_tweet(alice, TweetDraft("plum"), at=datetime(2026, 3, day, hour, tzinfo=UTC)).id
            for day, hour in ((1, 23), (2, 0), (2, 23), (3, 0))
        ]

    assert found("plum after:2026-03-01 before:2026-03-03") == [ids[2], ids[1]]
    assert found("after:2026-03-02") == [ids[3]]
    assert found("before:2026-03-02") == [ids[0]]


def test_edits_are_followed(found, alice, said, events_happen):
    with events_happen():
        edit_tweet(alice, said["a"], TweetDraft("A walk along the canal #boats"))
        image = said["c"].images.get().attachment
        edit_tweet(alice, said["c"], TweetDraft("rain", images=(DraftImage(image.id, "a puddle"),)))

    assert said["a"].id not in found("river")
    assert found("canal") == found("#boats") == [said["a"].id]
    assert found("puddle") == [said["c"].id]
    assert found("@bob") == []


def test_what_is_gone_is_not_found(found, alice, bob, staff, said, events_happen):
    with events_happen():
        delete_tweet(alice, said["a"])
        hide_tweet(staff, said["c"])
        suspend_user(staff, bob)

    assert found("river") == []


def test_who_may_not_read_does_not_find(found, alice, bob, carol, events_happen):
    with events_happen():
        follow_user(carol, alice)
        secret = make_tweet(alice, "plum for friends", visibility=Tweet.Visibility.FOLLOWERS)
        direct = make_tweet(alice, "plum for @bob", visibility=Tweet.Visibility.DIRECT)
        quiet = make_tweet(alice, "plum said quietly", visibility=Tweet.Visibility.QUIET)
        retweet(bob, quiet)

    assert found("plum") == found("plum", bob) == [quiet.id]
    assert found("plum", carol) == found("plum", alice) == [quiet.id, secret.id]
    assert direct.id not in found("plum", alice)  # messages have a place of their own


def test_blocks_and_mutes_hold(found, alice, bob, carol, said):
    block_user(alice, carol)
    mute_user(bob, alice)

    assert found("river", carol) == [said["b"].id]
    assert found("river", bob) == [said["b"].id]
    assert len(found("river", alice)) == 3


def test_who_does_not_agree_is_found_by_nobody_else(found, events_happen):
    shy = make_user("shy", is_findable=False)
    with events_happen():
        tweet = make_tweet(shy, "plum")

    assert found("plum") == found("from:shy") == []
    assert found("plum", shy) == [tweet.id]


def test_nobody_of_that_name_is_said(said):
    asked = Asked(read_question("river from:zork"))

    assert asked.problems == ["Nobody here is called @zork."]
    assert latest(asked, AnonymousUser(), Window(10)).ids == []


def test_pages_go_on_by_id(found, alice, events_happen):
    with events_happen():
        ids = [make_tweet(alice, "plum").id for _ in range(7)][::-1]

    assert found("plum", limit=3) == ids[:3]
    assert found("plum", limit=3, max_id=ids[2]) == ids[3:6]
    assert found("plum", limit=3, min_id=ids[5]) == ids[2:5]
    assert found("plum", limit=3, since_id=ids[2]) == ids[:2]


def test_a_page_is_full_although_most_may_not_be_read(found, alice, bob, events_happen):
    with events_happen():
        open_ids = [make_tweet(bob, "plum").id for _ in range(3)][::-1]
        for _ in range(30):
            make_tweet(alice, "plum", visibility=Tweet.Visibility.FOLLOWERS)

    assert found("plum", limit=3) == open_ids


@pytest.mark.parametrize("number", [3, 30])
def test_it_takes_four_queries_however_many_are_found(alice, events_happen, number):
    with events_happen():
        for _ in range(number):
            make_tweet(alice, "plum")
    with CaptureQueriesContext(connection) as counted:
        ids = latest(Asked(read_question("plum from:alice")), AnonymousUser(), Window(100)).ids

    assert len(ids) == number
    assert len(counted) == 4


def test_top_puts_the_liveliest_first_and_keeps_still(liveliest, alice, bob, carol, events_happen):
    with events_happen():
        ids = [make_tweet(alice, "plum").id for _ in range(4)]
        for person in (bob, carol):
            like_tweet(person, Tweet.objects.get(pk=ids[1]))
        like_tweet(bob, Tweet.objects.get(pk=ids[0]))
    order = [ids[1], ids[0], ids[3], ids[2]]
    assert liveliest("plum") == order
    with events_happen():
        make_tweet(alice, "plum")
    assert liveliest("plum", newest_id=ids[3]) == order


def test_top_looks_at_a_bounded_number(liveliest, alice, settings, events_happen):
    settings.SEARCH_RANKED = 2
    with events_happen():
        ids = [make_tweet(alice, "plum").id for _ in range(4)]

    assert liveliest("plum") == [ids[3], ids[2]]


def all_pages(text, viewer=None, limit=3):
    """Every page, the newest first, as somebody reads who always turns to the next one."""
    pages, below = [], None
    while not pages or below is not None:
        part = latest(Asked(read_question(text)), viewer or AnonymousUser(), Window(limit, max_id=below))
        pages.append(part.ids)
        below = part.goes_on
    return pages


def test_pages_lead_to_the_end_however_few_may_be_read(alice, bob, events_happen, monkeypatch):
    monkeypatch.setattr(queries, "_ROUNDS", (1, 2))
    with events_happen():
        first = make_tweet(bob, "plum")
        for _ in range(40):
            make_tweet(alice, "plum", visibility=Tweet.Visibility.FOLLOWERS)
        last = make_tweet(bob, "plum")

    pages = all_pages("plum")
    assert [an_id for page in pages for an_id in page] == [last.id, first.id]
    assert 1 < len(pages) < 10


@pytest.mark.parametrize("asked", ["plum", '"plum jam"', "-cherry", "plum from:alice", "cherry"])
def test_nothing_is_lost_when_time_is_over_early(alice, asked, events_happen, settings, found):
    with events_happen():
        for number in range(30):
            make_tweet(alice, "plum jam" if number % 3 else "cherry")
    whole = found(asked, limit=100)
    settings.SEARCH_STRETCH, settings.SEARCH_PATIENCE_SECONDS = 2, 0

    pages = all_pages(asked)
    assert [an_id for page in pages for an_id in page] == whole
    settings.SEARCH_PATIENCE_SECONDS = 60
    assert found(asked, limit=100) == whole
    assert len(pages) > len(all_pages(asked)) or len(whole) == 0 or len(pages) > 1


def test_what_is_wanted_and_left_out_at_once_is_nowhere(
    alice, found, events_happen, django_assert_num_queries
):
    with events_happen():
        make_tweet(alice, "plum jam")
    asked = Asked(read_question("plum -plum"))
    with django_assert_num_queries(0):
        assert latest(asked, AnonymousUser(), Window(20)) == queries.Part([])
    assert found('"plum jam" -"plum jam"') == found("from:alice -from:alice") == []
    assert len(found("plum -cherry")) == 1


def test_languages_and_polls_and_warnings(found, alice, events_happen):
    with events_happen():
        german = post_tweet(alice, TweetDraft("Pflaume", language="de"))
        warned = post_tweet(alice, TweetDraft("the end", warning="Spoiler of a film", language="zh-Hans"))
        make_tweet(alice, "Pflaume")

    assert found("pflaume lang:de") == found("lang:deutsch") == [german.id]
    assert german.id not in found("-lang:de")
    assert found("spoiler") == found("lang:zh") == [warned.id]
    assert found("has:poll") == []
