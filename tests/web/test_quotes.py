"""Quoting a tweet: the form, the frame, and taking one's words out again."""

import pytest

from relationships.actions import block_user
from tests.factories import make_image, make_quote, make_tweet
from tests.web import gestures
from tests.web.gestures import press
from tweets.actions import delete_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
GONE = "The quoted tweet is gone, or you may not see it."


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "wise words")


def test_the_form_shows_what_is_quoted(as_bob, tweet):
    assert f'href="/create/?quote={tweet.id}"' in as_bob.get(f"{tweet.path}/share").content.decode()
    page = as_bob.get(f"/create/?quote={tweet.id}").content.decode()
    assert "wise words" in page
    assert f'name="quote" value="{tweet.id}"' in page


def test_quoting_works_and_the_quote_stands_framed(as_bob, client, tweet):
    assert as_bob.post("/create/", {"text": "so true", "quote": tweet.id}).url == "/"
    quote = Tweet.objects.get(text="so true")
    assert quote.quote_of == tweet
    page = client.get(quote.path).content.decode()
    assert 'class="quote"' in page
    assert "wise words" in page
    assert f'class="quote__open" href="{tweet.path}"' in page


def test_a_quoted_picture_is_shown(client, alice, bob):
    quote = make_quote(bob, make_tweet(alice, "", [make_image(alice, "a lake")]))
    assert 'alt="a lake"' in client.get(quote.path).content.decode()


@pytest.mark.parametrize("quoters", ["nobody", "followers"])
def test_who_may_not_quote_gets_no_button_and_a_sentence(as_bob, alice, quoters):
    tweet = make_tweet(alice, "leave me whole", quoters=quoters)
    assert "/create/?quote=" not in as_bob.get(f"{tweet.path}/share").content.decode()
    assert "data-quote" not in as_bob.get(tweet.path).content.decode()
    answer = as_bob.get(f"/create/?quote={tweet.id}")
    assert answer.status_code == 403
    assert "does not want this tweet to be quoted" in answer.content.decode()
    sent = as_bob.post("/create/", {"text": "my words stay", "quote": tweet.id})
    assert sent.status_code == 422
    assert "my words stay" in sent.content.decode()
    assert not Tweet.objects.filter(is_quote=True).exists()


def test_what_is_gone_leaves_the_words(as_bob, alice, tweet):
    tweet_id = tweet.id
    delete_tweet(alice, tweet)
    assert as_bob.get(f"/create/?quote={tweet_id}").status_code == 404
    sent = as_bob.post("/create/", {"text": "my words stay", "quote": tweet_id})
    assert sent.status_code == 422
    assert "my words stay" in sent.content.decode()
    assert 'name="quote"' not in sent.content.decode()


def test_a_deleted_quote_leaves_a_word(client, alice, bob, tweet):
    quote = make_quote(bob, tweet, "so true")
    delete_tweet(alice, tweet)
    page = client.get(quote.path).content.decode()
    assert "so true" in page
    assert GONE in page


def test_the_quoted_author_takes_the_words_out(as_alice, as_bob, client, bob, tweet):
    quote = make_quote(bob, tweet)
    assert f"{quote.path}/detach" in as_alice.get(f"{quote.path}/menu").content.decode()
    assert f"{quote.path}/detach" not in as_bob.get(f"{quote.path}/menu").content.decode()
    for _ in range(2):
        answer = as_alice.post(f"{quote.path}/detach", follow=True)
        assert "Your words no longer stand in this quote." in answer.content.decode()
        assert GONE in client.get(quote.path).content.decode()
    tweet.refresh_from_db()
    assert tweet.quotes_count == 0


def test_nobody_else_can(as_bob, client, carol, as_person, bob, tweet):
    quote = make_quote(bob, tweet)
    assert press(as_bob, quote, "detach").status_code == 403
    assert press(as_person(carol), quote, "detach").status_code == 403
    gestures.leads_visitors_to_log_in_and_back(client, quote, "detach")
    quote.refresh_from_db()
    assert quote.quote_of == tweet


@pytest.mark.parametrize("audience", ["public", "followers"])
def test_who_quotes_and_then_blocks_can_still_be_detached(
    as_alice, as_bob, client, alice, bob, tweet, audience
):
    quote = make_quote(bob, tweet, "see this", visibility=audience)
    block_user(bob, alice)
    assert as_alice.get(quote.path).status_code == 404
    page = as_alice.get(f"{tweet.path}/quotes").content.decode()
    button = f"/@alice/{quote.id}/detach"
    assert f'formaction="{button}"' in page
    assert "@bob" not in page.partition("<main")[2].partition("</main")[0]
    assert button not in as_bob.get(f"{tweet.path}/quotes").content.decode()
    assert button not in client.get(f"{tweet.path}/quotes").content.decode()
    assert (
        as_alice.post(button, headers={"referer": f"http://testserver{tweet.path}/quotes"}).status_code == 302
    )
    quote.refresh_from_db()
    assert quote.quote_of is None
    assert as_alice.post(button).status_code == 404
