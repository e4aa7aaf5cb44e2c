"""The card of a page that a tweet links to: when it is there, and what stands on it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from attachments.actions import note_link
from attachments.models import LinkCard
from relationships.actions import FilterDraft, create_filter
from tests.factories import make_page, make_quote, make_tweet, make_tweet_with_page
from tweets.actions import edit_tweet, retweet, take_up_link
from tweets.cards import card_of, cards_for
from tweets.draft import TweetDraft
from tweets.filtering import Context, filtered
from tweets.page_card import host_of

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
LARGE, SMALL = (1200, 630), (400, 400)


def page_of(tweet, viewer=VISITOR):
    return card_of(tweet, viewer).page


def test_it_says_what_the_page_said_and_where_it_is(alice):
    page = page_of(make_tweet_with_page(alice, title="Tides", description="When to sail"))
    assert (page.title, page.description, page.host) == ("Tides", "When to sail", "example.org")
    assert page.url.startswith("https://example.org/")
    assert (page.picture_url, page.is_large) == ("", False)


@pytest.mark.parametrize(("size", "is_large"), [(LARGE, True), (SMALL, False)])
def test_its_picture_stands_above_or_beside(alice, size, is_large):
    page = page_of(make_tweet_with_page(alice, picture=size))
    assert page.picture_url
    assert (page.width, page.height) != (0, 0)
    assert page.is_large is is_large


def test_a_description_that_repeats_the_title_is_left_out(alice):
    assert page_of(make_tweet_with_page(alice, title="Tides", description="Tides")).description == ""


def test_a_page_that_was_not_asked_yet_or_says_nothing_shows_nothing(alice):
    url = "https://example.org/silent"
    tweet = make_tweet(alice, url)
    take_up_link(tweet.id)
    assert page_of(tweet) is None
    LinkCard.objects.update(state=LinkCard.State.EMPTY)
    assert page_of(tweet) is None


def test_when_the_page_answers_every_tweet_that_links_to_it_shows_it(alice, bob):
    url = "https://example.org/late"
    note_link(url)
    tweets = [make_tweet(author, url) for author in (alice, bob)]
    for tweet in tweets:
        take_up_link(tweet.id)
    make_page(url, title="At last")
    assert [page_of(tweet).title for tweet in tweets] == ["At last", "At last"]


def test_it_goes_when_the_link_is_edited_away(alice):
    tweet = make_tweet_with_page(alice)
    edit_tweet(alice, tweet, TweetDraft("No link any more"))
    take_up_link(tweet.id)
    assert page_of(tweet) is None


def test_a_retweet_and_a_quoted_tweet_carry_it(alice, bob):
    tweet = make_tweet_with_page(alice, title="Tides")
    spread = retweet(bob, tweet)
    quoting = make_quote(bob, tweet)
    cards = cards_for([spread.id, quoting.id], VISITOR)
    assert cards[0].page.title == "Tides"
    assert cards[1].page is None
    assert cards[1].quote.page.title == "Tides"


@pytest.mark.parametrize(
    ("shown", "is_sensitive", "has_picture"),
    [
        (User.PicturesShown.HARMLESS, False, True),
        (User.PicturesShown.HARMLESS, True, False),
        (User.PicturesShown.NONE, False, False),
        (User.PicturesShown.ALL, True, True),
    ],
)
def test_whoever_covers_pictures_sees_none_unasked(alice, bob, shown, is_sensitive, has_picture):
    tweet = make_tweet_with_page(alice, picture=LARGE, title="Tides")
    type(tweet).objects.update(is_sensitive=is_sensitive)
    bob.pictures_shown = shown
    page = page_of(tweet, bob)
    assert page.title == "Tides"
    assert bool(page.picture_url) is has_picture
    assert page.is_large is has_picture
    assert card_of(tweet, bob).is_covered is False  # there is no cover to open: it would open nothing


def test_word_filters_read_the_page_too(alice, bob):
    title = make_tweet_with_page(alice, title="The great spoiler")
    description = make_tweet_with_page(alice, description="with a spoiler in it")
    harmless = make_tweet_with_page(alice)
    create_filter(bob, FilterDraft(title="s", keywords={"spoiler": True}, contexts=("home",), action="hide"))
    ids = [title.id, description.id, harmless.id]
    assert [card.id for card in filtered(cards_for(ids, bob), bob, Context.HOME)] == [harmless.id]


@pytest.mark.parametrize("number", [3, 30])
def test_pages_cost_no_query_of_their_own(alice, bob, number, django_assert_num_queries):
    ids = [make_tweet_with_page(alice, picture=SMALL).id for _ in range(number)]
    with django_assert_num_queries(2):
        assert all(card.page.picture_url for card in cards_for(ids, bob))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://user@evil.example:8443/https://bank.example", "evil.example"),
        ("https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://[2001:db8::1]/", "2001:db8::1"),
    ],
)
def test_the_host_is_where_the_link_leads(url, host):
    assert host_of(url) == host
