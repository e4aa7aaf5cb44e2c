"""Word filters at work on every list of tweets."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Notification
from notifications.queries import unread
from relationships.actions import FilterDraft, create_filter, follow_user
from relationships.models import WordFilter
from tests.factories import make_image, make_quote, make_reply, make_tweet
from tweets.actions import bookmark_tweet, like_tweet, pin_tweet, retweet

pytestmark = pytest.mark.django_db
WORD = "marmalade"
# The place where a filter works -> the lists there; `{id}` is a tweet of Alice that others answer and quote.
PLACES = {
    "home": ["/"],
    "public": ["/local/", "/tags/breakfast", "/@alice/{id}/quotes"],
    "thread": ["/@alice/{id}"],
    "account": ["/@bob", "/@bob/replies", "/@bob/media"],
    "notifications": ["/notifications/"],
}


def make_filter(owner, action="hide", contexts=tuple(WordFilter.Context.values), word=WORD, title="Jam"):
    return create_filter(owner, FilterDraft(title, {word: True}, tuple(contexts), action))


@pytest.fixture
def said(alice, bob, events_happen):
    """Something of Alice, and Bob's marmalade in every list that Alice can read."""
    with events_happen():
        follow_user(alice, bob)
        tweet = make_tweet(alice, "What is for breakfast?")
        make_tweet(bob, f"{WORD} #breakfast", [make_image(bob)])
        make_reply(bob, tweet, f"{WORD} of course")
        make_quote(bob, tweet, f"look: {WORD}")
        make_tweet(bob, "toast #breakfast")
    return tweet


def lists(tweet):
    return [(place, address.format(id=tweet.id)) for place, found in PLACES.items() for address in found]


def ids_shown(response) -> list[int]:
    return [card.entry_id for card in response.context["page"].cards]


def test_without_filters_the_word_is_everywhere(as_alice, said):
    for _, address in lists(said):
        assert WORD in as_alice.get(address).content.decode(), address


def test_a_filter_that_covers_leaves_the_words_and_covers_the_pictures(as_alice, alice, bob, said):
    plain = make_tweet(bob, "bread", [make_image(bob)])
    make_filter(alice, action="blur", contexts=["public"])
    cards = as_alice.get("/local/").context["page"].cards
    pictured = [card for card in cards if card.images]
    covered = {card.text.partition(" ")[0]: (card.is_covered, card.filtered_by) for card in pictured}
    assert covered == {WORD: (True, ()), "bread": (False, ())}
    page = as_alice.get("/@bob/media").content.decode()  # another place
    assert page.count("Covered picture") == 0
    assert as_alice.get("/local/").content.decode().count("Covered picture") == 1
    assert plain.path in page


@pytest.mark.parametrize("context", PLACES)
def test_a_filter_hides_where_it_is_wanted_and_nowhere_else(as_alice, alice, said, context):
    make_filter(alice, contexts=[context])
    for place, address in lists(said):
        for headers in ({}, {"HX-Request": "true"}):
            page = as_alice.get(address, headers=headers).content.decode()
            assert (WORD in page) is (place != context), (address, headers)
            assert "Filtered: " not in page


def test_a_filter_that_warns_folds_the_card_behind_its_title(as_alice, alice, said):
    make_filter(alice, "warn", title="<Jam>")
    for _, address in lists(said):
        page = as_alice.get(address).content.decode()
        before, folded = page.split("Filtered: <bdi>&lt;Jam&gt;</bdi>", 1)
        assert WORD not in before, address
        assert before.rstrip().rpartition("<details")[2].startswith(' class="filtered"><summary>')
        assert WORD in folded.partition("</details>")[2] or WORD in folded


def test_what_one_said_or_spread_oneself_is_never_filtered(as_alice, alice, bob, carol, events_happen):
    make_filter(alice)
    with events_happen():
        follow_user(alice, carol)
        own = make_tweet(alice, WORD)
        spread = make_tweet(bob, f"{WORD} too")
        entry = retweet(alice, spread)
        answer = make_reply(alice, own, f"{WORD} again")
    assert ids_shown(as_alice.get("/")) == [answer.id, entry.id, own.id]
    assert WORD in as_alice.get("/@alice").content.decode()
    assert "Filtered" not in as_alice.get(own.path).content.decode()


def test_a_quoted_text_and_a_described_picture_count(as_alice, alice, bob, carol):
    make_filter(alice)
    jar = make_tweet(carol, WORD)
    make_quote(bob, jar, "look at this")
    make_tweet(bob, "breakfast", [make_image(bob, f"a jar of {WORD}")])
    assert ids_shown(as_alice.get("/local/")) == []
    quoted_by_bob = make_quote(bob, make_tweet(alice, WORD), "see")
    assert quoted_by_bob.id in ids_shown(as_alice.get("/local/"))


def test_what_one_kept_and_liked_oneself_stays(as_alice, alice, bob):
    make_filter(alice)
    tweet = make_tweet(bob, WORD)
    bookmark_tweet(alice, tweet)
    like_tweet(alice, tweet)
    for address in ("/bookmarks/", "/@alice/likes"):
        assert WORD in as_alice.get(address).content.decode()


def test_a_pinned_tweet_is_filtered_on_the_profile(as_alice, alice, bob):
    pin_tweet(bob, make_tweet(bob, WORD))
    make_filter(alice, contexts=["account"])
    assert WORD not in as_alice.get("/@bob").content.decode()


def test_a_tweet_asked_for_by_its_address_is_folded_and_its_title_says_nothing(as_alice, alice, bob):
    tweet = make_tweet(bob, f"{WORD} for everybody")
    make_filter(alice, "hide", ["thread"])
    page = as_alice.get(tweet.path).content.decode()
    head, _, folded = page.partition('<details class="filtered">')
    assert WORD not in head
    assert WORD in folded
    assert "Filtered: <bdi>Jam</bdi>" in folded


def test_in_a_thread_what_stands_above_is_left_out_like_what_stands_below(as_alice, alice, bob, carol):
    first = make_tweet(bob, "good morning")
    middle = make_reply(carol, first, f"{WORD}?")
    last = make_reply(bob, middle, "yes please")
    make_filter(alice)
    thread = as_alice.get(last.path).context["thread"]
    assert [reply.card.id for reply in thread.above] == [first.id]
    assert as_alice.get(first.path).context["thread"].replies == ()


@pytest.mark.parametrize("address", ["/", "/local/", "/tags/breakfast", "/@bob"])
def test_pages_keep_their_places_whatever_is_hidden(as_alice, alice, bob, events_happen, settings, address):
    settings.FEED_PAGE_SIZE = 4
    with events_happen():
        follow_user(alice, bob)
        tweets = [
            make_tweet(bob, f"{WORD if number % 3 == 0 or 6 < number < 14 else 'toast'} #breakfast {number}")
            for number in range(20)
        ]
    wanted = [tweet.id for tweet in reversed(tweets) if WORD not in tweet.text]
    make_filter(alice)
    seen, hidden_pages, at = [], 0, address
    while at:
        response = as_alice.get(at, headers={"HX-Request": "true"})
        page = response.context["page"]
        seen += [card.entry_id for card in page.cards]
        hidden_pages += page.all_filtered
        assert page.all_filtered is ("hide everything on this page" in response.content.decode())
        at = page.next_url
    assert seen == wanted
    assert hidden_pages >= 1


def test_a_page_without_anything_left_is_not_called_empty(as_alice, alice, bob, settings):
    settings.FEED_PAGE_SIZE = 2
    for _ in range(3):
        make_tweet(bob, WORD)
    make_filter(alice)
    page = as_alice.get("/local/").content.decode()
    assert "Nothing has been said yet" not in page
    assert 'href="/settings/filters/"' in page
    assert 'href="/local/?page=2"' in page


def test_hidden_notifications_leave_the_way_to_older_ones(
    as_alice, alice, bob, carol, events_happen, settings
):
    settings.NOTIFICATIONS_PAGE_SIZE = 2
    with events_happen():
        make_tweet(carol, "hello @alice")
        make_tweet(bob, f"{WORD} @alice")
        make_tweet(bob, f"{WORD} @alice")
    WordFilter.objects.all().delete()
    make_filter(alice)
    page = as_alice.get("/notifications/")
    assert "Nothing yet" not in page.content.decode()
    assert "hello" in as_alice.get(page.context["page"].next_url).content.decode()


def test_filters_cost_one_query_once_and_none_without_them(as_alice, alice, bob, django_assert_num_queries):
    for _ in range(3):
        make_tweet(bob)
    as_alice.get("/local/")
    with CaptureQueriesContext(connection) as before:
        as_alice.get("/local/")
    for number in range(30):
        make_filter(alice, "warn", word=f"word{number}")
    with django_assert_num_queries(len(before) + 1):
        as_alice.get("/local/")
    with django_assert_num_queries(len(before)):
        as_alice.get("/local/")


def test_a_visitor_and_somebody_else_read_everything(client, as_bob, alice, carol):
    make_filter(alice)
    make_tweet(carol, WORD)
    assert WORD in client.get("/local/").content.decode()
    assert WORD in as_bob.get("/local/").content.decode()


def test_a_filter_on_notifications_keeps_them_from_being_told(alice, bob, carol, events_happen):
    make_filter(alice, contexts=["notifications"])
    with events_happen():
        make_tweet(bob, f"{WORD} for @alice and @carol")
        make_tweet(bob, "toast for @alice")
    assert Notification.objects.filter(recipient=alice).count() == unread(alice).count() == 1
    assert unread(carol).count() == 1


@pytest.mark.parametrize(("action", "contexts"), [("warn", ["notifications"]), ("hide", ["home"])])
def test_other_filters_let_notifications_through(alice, bob, events_happen, action, contexts):
    make_filter(alice, action, contexts)
    with events_happen():
        make_tweet(bob, f"{WORD} for @alice")
    assert unread(alice).count() == 1


def test_a_like_of_ones_own_words_is_told(alice, bob, events_happen):
    make_filter(alice)
    with events_happen():
        like_tweet(bob, make_tweet(alice, WORD))
    assert unread(alice).count() == 1


def test_a_new_filter_takes_what_it_hides_off_the_badge(as_alice, alice, bob, events_happen):
    with events_happen():
        make_tweet(bob, f"{WORD} for @alice")
        make_tweet(bob, "toast for @alice")
    assert unread(alice).count() == 2
    with events_happen():
        make_filter(alice)
    assert unread(alice).count() == 1
    assert WORD not in as_alice.get("/notifications/").content.decode()
