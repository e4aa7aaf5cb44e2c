"""Which tweets show a card of a page they link to, and that cards go when nobody shows them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from attachments.actions import note_link
from attachments.models import LinkCard
from jobs.models import Job
from tests.factories import make_image, make_quote, make_reply, make_tweet
from tweets.actions import (
    delete_tweet,
    discard_uncarried_cards,
    edit_tweet,
    hold_tweet,
    post_due,
    post_thread,
    post_tweet,
    release_tweet,
    retweet,
    schedule_tweets,
    take_up_link,
    undo_posting,
)
from tweets.draft import DraftImage, PollDraft, TweetDraft
from tweets.models import ScheduledTweet, Tweet

pytestmark = pytest.mark.django_db
URL = "https://example.org/page"
SAID = f"Look at this: {URL}"


def url_of(tweet: Tweet) -> str | None:
    tweet.refresh_from_db()
    return tweet.link_card.url if tweet.link_card else None


def test_a_tweet_takes_up_the_page_it_links_to(alice, events_happen):
    with events_happen():
        tweet = make_tweet(alice, SAID)

    assert url_of(tweet) == URL


def test_the_page_of_a_tweet_that_is_held_is_asked_for_when_it_appears(alice, staff, events_happen):
    tweet = make_tweet(alice, SAID)
    hold_tweet(staff, tweet)
    take_up_link(tweet.id)
    assert not LinkCard.objects.exists()
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft(f"And now this: {URL}/other"))
    assert not LinkCard.objects.exists()
    with events_happen():
        release_tweet(staff, tweet)
    assert url_of(tweet) == f"{URL}/other"


def test_many_tweets_share_one_card_whose_page_is_asked_for_once(alice, bob, elsewhere, events_happen):
    elsewhere.says("/", b"<title>A page</title>")
    with events_happen():
        tweets = [make_tweet(author, f"{elsewhere.url()} {n}") for n in range(3) for author in (alice, bob)]

    assert len({tweet.link_card_id for tweet in Tweet.objects.all()}) == 1
    assert len(elsewhere.heard) == 1
    assert len(tweets) == Tweet.objects.filter(link_card__title="A page").count()


def test_it_is_the_first_page_that_is_one(alice, settings):
    settings.SITE_URL = "https://clone.example"
    tweet = make_tweet(
        alice, "http://1 https://clone.example/@bob/1 example.org/first https://example.org/second"
    )
    take_up_link(tweet.id)

    assert url_of(tweet) == "https://example.org/first"


@pytest.mark.parametrize("text", ["No link", "@bob #tag", "only https://clone.example/@alice/1"])
def test_without_a_page_there_is_no_card(alice, settings, text):
    settings.SITE_URL = "https://clone.example"
    tweet = make_tweet(alice, text)
    take_up_link(tweet.id)

    assert url_of(tweet) is None
    assert not LinkCard.objects.exists()


def test_pictures_polls_and_quotes_leave_no_room(alice, bob):
    tweets = [
        make_tweet(alice, SAID, images=[make_image(alice)]),
        make_tweet(alice, SAID, poll=PollDraft(("a", "b"), 300)),
        make_quote(alice, make_tweet(bob), SAID),
    ]
    for tweet in tweets:
        take_up_link(tweet.id)
        assert url_of(tweet) is None
    assert not LinkCard.objects.exists()


def test_of_messages_no_other_server_learns(alice, bob, events_happen):
    with events_happen():
        tweet = make_tweet(alice, f"@bob {URL}?secret=1", visibility="direct")

    assert url_of(tweet) is None
    assert not LinkCard.objects.exists()


@pytest.mark.parametrize("visibility", ["public", "quiet", "followers"])
def test_every_other_audience_sees_cards(alice, events_happen, visibility):
    with events_happen():
        tweet = make_tweet(alice, SAID, visibility=visibility)

    assert url_of(tweet) == URL


def test_replies_and_threads_have_cards_too(alice, bob, events_happen):
    with events_happen():
        reply = make_reply(alice, make_tweet(bob), SAID)
        first, second = post_thread(
            alice, [TweetDraft(text=SAID, key="a"), TweetDraft(text="https://b.example", key="b")]
        )

    assert [url_of(tweet) for tweet in (reply, first, second)] == [URL, URL, "https://b.example/"]


def test_scheduled_tweet_is_looked_at_when_it_is_posted(alice, events_happen):
    with events_happen():
        schedule_tweets(alice, [TweetDraft(text=SAID, key="form")], timezone.now() + timedelta(hours=1))
    assert not LinkCard.objects.exists()

    ScheduledTweet.objects.update(post_at=timezone.now(), try_at=timezone.now())
    with events_happen():
        post_due()
    assert url_of(Tweet.objects.get()) == URL


def test_nobody_is_asked_while_it_may_be_taken_back(alice, events_happen):
    with events_happen():
        tweet = post_tweet(alice, TweetDraft(text=SAID, key="form"), undo_seconds=5)
    assert url_of(tweet) is None
    undo_posting(alice, tweet.id)
    Job.objects.update(run_at=timezone.now())
    with events_happen():
        pass

    assert not LinkCard.objects.exists()


def test_edit_changes_brings_and_takes_the_card(alice, events_happen):
    tweet = make_tweet(alice, "Nothing yet")

    def edited(**draft: object) -> str | None:
        with events_happen():
            edit_tweet(alice, Tweet.objects.get(), TweetDraft(**draft))
        return url_of(tweet)

    image = make_image(alice)
    assert edited(text=SAID) == URL
    assert edited(text="https://other.example") == "https://other.example/"
    assert edited(text=SAID, images=(DraftImage(image.id),)) is None
    assert edited(text=SAID) == URL
    assert edited(text="Nothing any more") is None


def test_retweet_spreads_and_carries_none_itself(alice, bob, events_happen):
    with events_happen():
        spread = retweet(bob, make_tweet(alice, SAID))

    assert url_of(spread) is None


def test_what_is_gone_needs_no_card(alice):
    tweet = make_tweet(alice, SAID)
    gone = tweet.id
    delete_tweet(alice, tweet)
    take_up_link(gone)

    assert not LinkCard.objects.exists()


def test_twice_is_harmless(alice):
    tweet = make_tweet(alice, SAID)
    take_up_link(tweet.id)
    take_up_link(tweet.id)

    assert LinkCard.objects.count() == 1


def test_tweet_without_a_link_costs_one_question(alice, django_assert_num_queries):
    tweet = make_tweet(alice, "Nothing")
    with django_assert_num_queries(3):  # a savepoint around one question
        take_up_link(tweet.id)


# Letting go -----------------------------------------------------------------------------------------


@pytest.fixture
def long_ago(settings):
    def put_back() -> None:
        LinkCard.objects.update(wanted_at=timezone.now() - timedelta(days=settings.LINK_UNCARRIED_DAYS + 1))

    return put_back


def test_cards_that_no_tweet_carries_go(alice, bob, long_ago):
    kept, gone = make_tweet(alice, SAID), make_tweet(bob, "https://gone.example")
    for tweet in (kept, gone):
        take_up_link(tweet.id)
    note_link("https://nobody.example/")
    delete_tweet(bob, gone)
    assert discard_uncarried_cards() == 0  # somebody may just be about to carry them

    long_ago()
    assert discard_uncarried_cards() == 2
    assert url_of(kept) == URL
    assert LinkCard.objects.count() == 1


def test_many_go_in_one_night(alice, long_ago, monkeypatch):
    monkeypatch.setattr("tweets.actions.link_card._CARDS_AT_ONCE", 2)
    tweet = make_tweet(alice, SAID)
    for number in range(3):
        note_link(f"https://a.example/{number}")
    take_up_link(tweet.id)
    for number in range(3):
        note_link(f"https://b.example/{number}")
    long_ago()

    assert discard_uncarried_cards() == 6
    assert [card.url for card in LinkCard.objects.all()] == [URL]
