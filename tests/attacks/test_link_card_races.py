"""Many workers and many tweets around one link at the same moment: one card, one request, nothing lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from attachments.actions import discard_link_cards, note_link
from attachments.link_cards import fetch_link_card
from attachments.models import LinkCard
from jobs.models import Job
from tests.attacks.crowd import at_once
from tests.factories import make_tweet
from tweets.actions import edit_tweet, take_up_link
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db(transaction=True)
MANY, TRIES = 12, 6


def test_twenty_tweets_of_a_new_link_are_one_card_and_one_promise(alice):
    for number in range(TRIES):
        url = f"https://example.org/{number}"
        tweets = [make_tweet(alice, url) for _ in range(MANY)]
        Job.objects.all().delete()
        assert at_once(*[lambda an_id=tweet.id: take_up_link(an_id) for tweet in tweets]) == []
        card = LinkCard.objects.get(url=url)
        assert Tweet.objects.filter(link_card=card).count() == MANY
        assert Job.objects.count() == 1


def test_twelve_workers_ask_once(elsewhere):
    for number in range(TRIES):
        path = f"/{number}"
        elsewhere.says(path, b"<title>A page</title>")
        card = note_link(elsewhere.url(path))
        assert at_once(lambda card=card: fetch_link_card(card.id), times=MANY) == []
        card.refresh_from_db()
        assert (card.state, len(elsewhere.heard)) == (LinkCard.State.READY, number + 1)


def test_an_old_card_is_renewed_once(elsewhere, settings):
    elsewhere.says("/", b"<title>A page</title>")
    card = note_link(elsewhere.url())
    fetch_link_card(card.id)
    for number in range(TRIES):
        LinkCard.objects.update(asked_at=timezone.now() - timedelta(days=settings.LINK_FRESH_DAYS + 1))
        Job.objects.all().delete()
        assert at_once(lambda: note_link(elsewhere.url()), times=MANY) == []
        assert Job.objects.count() == 1
        assert at_once(lambda: fetch_link_card(card.id), times=MANY) == []
        assert len(elsewhere.heard) == number + 2


def test_worker_that_stalls_keeps_its_claim(elsewhere):
    """While one is asking, others find nothing to do."""
    asked, answer = threading.Event(), threading.Event()

    def slowly(request):
        asked.set()
        answer.wait(20)
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>A page</title>")

    elsewhere.answers["/"] = slowly
    card = note_link(elsewhere.url())

    def second():
        assert asked.wait(20)
        fetch_link_card(card.id)
        answer.set()

    assert at_once(lambda: fetch_link_card(card.id), second) == []
    card.refresh_from_db()
    assert (card.state, len(elsewhere.heard)) == (LinkCard.State.READY, 1)


def test_the_last_edit_decides(alice):
    for number in range(TRIES):
        tweet = make_tweet(alice, f"https://example.org/a{number}")

        def edit(tweet=tweet, number=number):
            edit_tweet(alice, tweet, TweetDraft(text=f"https://example.org/b{number}"))
            take_up_link(tweet.id)

        assert at_once(lambda tweet=tweet: take_up_link(tweet.id), edit, times=2) == []
        tweet.refresh_from_db()
        assert tweet.link_card.url == f"https://example.org/b{number}"


def test_a_card_is_not_swept_away_from_the_tweet_that_takes_it_up(alice, settings):
    long_ago = timedelta(days=settings.LINK_UNCARRIED_DAYS + 1)
    for number in range(TRIES):
        url = f"https://example.org/{number}"
        card = note_link(url)
        tweet = make_tweet(alice, url)
        LinkCard.objects.update(wanted_at=timezone.now() - long_ago)
        assert (
            at_once(
                lambda card=card: discard_link_cards([card.id]), lambda tweet=tweet: take_up_link(tweet.id)
            )
            == []
        )
        tweet.refresh_from_db()
        assert tweet.link_card is not None
        assert tweet.link_card.url == url


def test_what_is_swept_away_while_it_is_asked_for_comes_not_back(elsewhere, settings):
    elsewhere.says("/", b"<title>A page</title>")
    card = note_link(elsewhere.url())
    long_ago = timezone.now() - timedelta(days=settings.LINK_UNCARRIED_DAYS + 1)
    LinkCard.objects.update(wanted_at=long_ago)

    def swept(request):
        discard_link_cards([card.id])
        connection.close()  # this thread's own
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>A page</title>")

    elsewhere.answers["/"] = swept
    fetch_link_card(card.id)

    assert not LinkCard.objects.exists()
