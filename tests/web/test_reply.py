"""Answering a tweet: the form of its own, and the box on the tweet's page."""

import pytest

from relationships.actions import follow_user
from tests.factories import make_quote, make_reply, make_tweet
from tweets.actions import delete_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "a question")


def options(page, name):
    """The values a select of the composer offers."""
    select = next(one for one in page.context["composer"].audience.selects if one.name == name)
    return [choice.value for choice in select.choices]


def test_the_form_shows_what_is_answered(as_bob, tweet):
    assert f'href="/create/?reply_to={tweet.id}"' in as_bob.get(tweet.path).content.decode()
    page = as_bob.get(f"/create/?reply_to={tweet.id}").content.decode()
    assert "a question" in page
    assert f'name="reply_to" value="{tweet.id}"' in page
    assert "Reply to Alice Ashdown" in page


def test_answering_leads_to_the_answer_in_its_thread(as_bob, tweet):
    answer = as_bob.post("/create/", {"text": "an answer", "reply_to": tweet.id}, follow=True)
    reply = Tweet.objects.get(text="an answer")
    assert reply.reply_to == tweet
    assert answer.redirect_chain == [(reply.path, 302)]
    assert "Reply posted." in answer.content.decode()
    assert "a question" in answer.content.decode()


def test_the_box_stands_on_the_page_for_those_who_may_reply(as_bob, client, tweet):
    assert f'name="reply_to" value="{tweet.id}"' in as_bob.get(tweet.path).content.decode()
    page = client.get(tweet.path).content.decode()
    assert "<textarea" not in page
    assert "Log in to reply" in page


def test_an_empty_answer_keeps_its_place(as_bob, tweet):
    answer = as_bob.post("/create/", {"text": " ", "reply_to": tweet.id, "visibility": "quiet"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'name="reply_to" value="{tweet.id}"' in page
    assert '<option value="quiet" data-chip="Not on public timelines" selected>' in page
    assert '<span class="chip">Not on public timelines</span>' in page


def test_who_may_reply_is_said_to_the_others(as_bob, alice, bob):
    tweet = make_tweet(alice, "among us", repliers="followers")
    page = as_bob.get(tweet.path).content.decode()
    assert "Followers of @alice can reply." in page
    assert "<textarea" not in page
    assert as_bob.get(f"/create/?reply_to={tweet.id}").status_code == 403
    sent = as_bob.post("/create/", {"text": "my words stay", "reply_to": tweet.id})
    assert sent.status_code == 422
    assert "my words stay" in sent.content.decode()
    assert not Tweet.objects.filter(is_reply=True).exists()
    follow_user(bob, alice)
    assert "<textarea" in as_bob.get(tweet.path).content.decode()


@pytest.mark.parametrize(
    ("repliers", "sentence"),
    [
        ("followed", "People whom @alice follows can reply."),
        ("mentioned", "People named in this tweet can reply."),
    ],
)
def test_each_choice_has_its_sentence(as_bob, alice, repliers, sentence):
    assert sentence in as_bob.get(make_tweet(alice, repliers=repliers).path).content.decode()


def test_what_is_gone_leaves_the_words_to_be_sent_alone(as_bob, alice, tweet):
    tweet_id = tweet.id
    delete_tweet(alice, tweet)
    sent = as_bob.post("/create/", {"text": "my words stay", "reply_to": tweet_id})
    assert sent.status_code == 422
    assert "send them again to tweet them alone" in sent.content.decode()
    assert "my words stay" in sent.content.decode()
    assert 'name="reply_to"' not in sent.content.decode()


def test_an_answer_offers_no_wider_audience_than_its_parent(as_bob, bob, alice):
    follow_user(bob, alice)
    tweet = make_tweet(alice, "among us", visibility="followers")
    assert options(as_bob.get(tweet.path), "visibility") == ["followers", "direct"]
    as_bob.post("/create/", {"text": "an answer", "reply_to": tweet.id, "visibility": "public"})
    assert Tweet.objects.get(text="an answer").visibility == "followers"


def test_the_choices_of_the_form_are_obeyed(as_bob):
    page = as_bob.get("/create/")
    assert options(page, "visibility") == ["public", "quiet", "followers", "direct"]
    as_bob.post(
        "/create/", {"text": "mine", "visibility": "quiet", "repliers": "followed", "quoters": "nobody"}
    )
    tweet = Tweet.objects.get(text="mine")
    assert (tweet.visibility, tweet.repliers, tweet.quoters) == ("quiet", "followed", "nobody")


def test_unknown_choices_are_refused_with_the_words_kept(as_bob):
    answer = as_bob.post("/create/", {"text": "mine", "visibility": "everybody"})
    assert answer.status_code == 422
    assert "This form is damaged." in answer.content.decode()
    assert "mine" in answer.content.decode()


def test_editing_does_not_ask_again_who_may_read(as_alice, tweet):
    assert 'name="visibility"' not in as_alice.get(f"/edit/{tweet.id}/").content.decode()


def test_answering_a_retweet_answers_the_tweet(as_bob, bob, tweet):
    row = Tweet.objects.create(author=bob, retweet_of=tweet, conversation_id=1)
    page = as_bob.get(f"/create/?reply_to={row.id}")
    assert page.context["composer"].parent.id == tweet.id


def test_a_card_says_whom_it_answers_and_a_thread_need_not(client, bob, carol, tweet):
    reply = make_reply(bob, tweet)
    assert 'class="tweet__replying visually-hidden"' in client.get(reply.path).content.decode()
    assert "Replying to" not in client.get(tweet.path).content.decode()
    make_quote(carol, tweet, reply_to_id=reply.id)
    assert 'Replying to <a href="/@bob"' in client.get(f"{tweet.path}/quotes").content.decode()
