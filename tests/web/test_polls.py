"""Polls on pages: asked in the composer, voted in on a card, edited with a warning beforehand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_image, make_quote, make_tweet
from tweets.actions import close_polls, post_tweet, vote
from tweets.draft import PollDraft, TweetDraft
from tweets.models import Poll, PollVote, Tweet

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
ASKED = {"text": "What do you drink?", "choice": ["tea", "", "coffee", ""], "poll_seconds": "3600"}


def ask(author, **poll) -> Tweet:
    return post_tweet(author, TweetDraft("What?", poll=PollDraft(("tea", "coffee"), 3600, **poll)))


def page(client, tweet) -> str:
    return client.get(tweet.path).content.decode()


def test_the_composer_asks(as_alice):
    as_alice.post("/create/", ASKED | {"key": "once", "poll_multiple": "on", "poll_hides": "on"})
    poll = Poll.objects.get()
    assert (poll.choices, poll.is_multiple, poll.hides_totals) == (["tea", "coffee"], True, True)
    assert timedelta(minutes=59) < poll.ends_at - timezone.now() <= timedelta(hours=1)


def test_each_tweet_of_a_thread_may_ask(as_alice):
    second = {"text_2": "And to eat?", "choice_2": ["bread", "cake"], "poll_seconds_2": "300"}
    as_alice.post("/create/", {"key": "once", "text": "First this", **second})
    assert [poll.choices for poll in Poll.objects.all()] == [["bread", "cake"]]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"choice": ["tea"]}, "A poll has 2 to 4 choices."),
        ({"choice": ["tea", "Tea"]}, "Two choices say the same"),
        ({"choice": ["tea", "c" * 51]}, "at most 50 characters"),
        ({"choice": ["a", "b", "c", "d", "e"]}, "A poll has 2 to 4 choices."),
        ({"poll_seconds": "nonsense"}, "5 minutes at least"),
        ({"poll_seconds": ""}, "Choose how long"),
        ({"text": ""}, "Write what the poll asks."),
    ],
)
def test_what_cannot_be_asked_comes_back_with_a_sentence_and_all_that_was_typed(as_alice, wrong, sentence):
    sent = ASKED | {"key": "once"} | wrong
    response = as_alice.post("/create/", sent)
    assert response.status_code == 422
    drawn = response.content.decode()
    assert sentence in drawn
    for choice in sent["choice"]:
        assert f'value="{choice}"' in drawn
    assert not Tweet.objects.exists()


def test_pictures_and_a_poll_exclude_each_other(as_alice, alice):
    image = make_image(alice)
    response = as_alice.post("/create/", ASKED | {"key": "once", "attachments": [image.id]})
    assert "pictures or a poll" in response.content.decode()


def test_the_button_at_home_opens_the_poll_and_keeps_the_words(as_alice):
    assert 'name="add_poll"' in as_alice.get("/").content.decode()
    response = as_alice.post("/create/", {"key": "once", "text": "What do you drink?", "add_poll": ""})
    drawn = response.content.decode()
    assert response.status_code == 200
    assert "What do you drink?</textarea>" in drawn
    assert "data-poll-fields open" in drawn


def test_messages_ask_nothing(as_alice, bob):
    assert "data-poll-fields" not in as_alice.get("/messages/new/?to=bob").content.decode()


def test_one_votes_and_sees_how_it_stands(as_bob, alice, bob):
    tweet = ask(alice)
    drawn = page(as_bob, tweet)
    assert f'type="radio" form="act" name="pick-{tweet.id}" value="2"' in drawn
    response = as_bob.post(f"{tweet.path}/vote", {f"pick-{tweet.id}": "2", "edition": "1"})
    assert response.status_code == 302
    assert response["Location"].endswith(f"#t{tweet.id}")
    assert PollVote.objects.get().voter == bob
    drawn = page(as_bob, tweet)
    assert "your choice" in drawn
    assert '<rect width="100%"' in drawn
    assert f"pick-{tweet.id}" not in drawn


def test_with_scripts_only_the_poll_is_answered(as_bob, alice):
    tweet = ask(alice)
    response = as_bob.post(f"{tweet.path}/vote", {f"pick-{tweet.id}": "1", "edition": "1"}, headers=FRAGMENT)
    drawn = response.content.decode()
    assert drawn.startswith('<div class="poll"')
    assert "1 voter" in drawn
    refused = as_bob.post(f"{tweet.path}/vote", {f"pick-{tweet.id}": "2", "edition": "1"}, headers=FRAGMENT)
    assert refused.status_code == 400
    assert "cannot be changed" in refused.content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Pick a choice"),
        ({"pick": ["1", "2"]}, "takes only one"),
        ({"pick": ["3"]}, "no such choice"),
        ({"pick": ["x"]}, "no such choice"),
        ({"pick": ["1"], "edition": "7"}, "changed this poll"),
    ],
)
def test_a_vote_that_does_not_count_says_why(as_bob, alice, sent, sentence):
    tweet = ask(alice)
    picks = {f"pick-{tweet.id}": sent.get("pick", []), "edition": sent.get("edition", "1")}
    response = as_bob.post(f"{tweet.path}/vote", picks, follow=True)
    assert sentence in response.content.decode()
    assert not PollVote.objects.exists()


def test_hidden_totals_are_not_in_the_page_before_one_voted(as_bob, client, alice, carol):
    tweet = ask(alice, hides_totals=True)
    vote(carol, tweet, [0])
    for reader in (as_bob, client):
        drawn = page(reader, tweet)
        assert "tea" in drawn
        assert "%</span>" not in drawn
        assert "1 voter" not in drawn
    assert "Results after your vote" in page(client, tweet)
    as_bob.post(f"{tweet.path}/vote", {f"pick-{tweet.id}": "2", "edition": "1"})
    assert "2 voters" in page(as_bob, tweet)


def test_visitors_read_results_and_cannot_vote(client, alice):
    drawn = page(client, ask(alice))
    assert "0%" in drawn
    assert "formaction" not in drawn.split('class="poll"')[1].split("</div>")[0]


def test_a_quote_names_the_choices(as_bob, alice, carol):
    quote = make_quote(carol, ask(alice))
    drawn = page(as_bob, quote)
    assert "poll__ask-line" in drawn
    assert "pick-" not in drawn


def test_the_edit_form_warns_and_keeps_the_end(as_alice, alice, bob):
    tweet = ask(alice)
    vote(bob, tweet, [0])
    ends_at = Poll.objects.get().ends_at
    drawn = as_alice.get(f"/edit/{tweet.id}/").content.decode()
    assert "all votes so far are thrown away" in drawn
    assert '<option value="" selected>Leave the end as it is</option>' in drawn
    sent = {"version": "1", "text": "What then?", "choice": ["tea", "coffee"], "poll_seconds": ""}
    as_alice.post(f"/edit/{tweet.id}/", sent)
    poll = Poll.objects.get()
    assert (poll.voters_count, poll.ends_at) == (1, ends_at)
    as_alice.post(f"/edit/{tweet.id}/", sent | {"version": "2", "choice": ["tea", "milk"]})
    assert Poll.objects.get().voters_count == 0


def test_former_choices_stand_among_the_versions(as_alice, alice, client):
    tweet = ask(alice)
    sent = {"version": "1", "text": "What?", "choice": ["tea", "milk"], "poll_seconds": ""}
    as_alice.post(f"/edit/{tweet.id}/", sent)
    drawn = client.get(f"{tweet.path}/history").content.decode()
    assert "Choices: tea, coffee" in drawn
    assert "Choices: tea, milk" in drawn


def test_who_asked_and_who_voted_hear_of_the_end(as_alice, as_bob, alice, bob, events_happen):
    tweet = ask(alice)
    vote(bob, tweet, [0])
    Poll.objects.update(ends_at=timezone.now())
    with events_happen():
        close_polls()
    assert "Your poll has ended" in as_alice.get("/notifications/").content.decode()
    told = as_bob.get("/notifications/?only=polls").content.decode()
    assert "the poll has ended" in told
    assert "Final results" in page(as_bob, tweet)


def test_choices_are_text(as_bob, alice):
    tweet = post_tweet(alice, TweetDraft("What?", poll=PollDraft(("<b>tea</b>", '"><i>'), 3600)))
    drawn = page(as_bob, tweet)
    assert "&lt;b&gt;tea&lt;/b&gt;" in drawn
    assert "<b>tea" not in drawn


def test_a_page_without_polls_says_nothing_of_them(client, alice):
    make_tweet(alice)
    assert "poll" not in client.get("/@alice").content.decode().split("<main")[1].split("</main>")[0]
