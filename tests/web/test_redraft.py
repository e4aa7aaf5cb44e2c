"""Delete and redraft: asks first, then the words are open in the composer."""

import pytest

from tests.factories import make_image, make_tweet
from tweets.models import SavedDraft, Tweet

pytestmark = pytest.mark.django_db


def url(tweet: Tweet) -> str:
    return f"/redraft/{tweet.id}/"


def test_the_menu_and_the_page_of_deleting_lead_there(as_alice, alice):
    tweet = make_tweet(alice)
    for page in (f"{tweet.path}/menu", f"/delete/{tweet.id}/"):
        assert f'href="{url(tweet)}"' in as_alice.get(page).content.decode()


def test_it_asks_first_and_changes_nothing(as_alice, alice):
    tweet = make_tweet(alice, "think twice")
    page = as_alice.get(url(tweet)).content.decode()
    assert "think twice" in page
    assert f'action="{url(tweet)}"' in page
    assert Tweet.objects.exists()


def test_then_the_words_are_in_the_composer_and_can_be_sent_again(as_alice, alice):
    image = make_image(alice, "a hill")
    tweet = make_tweet(alice, "helo", images=[image])
    page = as_alice.post(url(tweet), follow=True)
    assert page.redirect_chain == [(f"/create/?draft={SavedDraft.objects.get().id}", 302)]
    composer = page.context["composer"]
    assert composer.parts[0].text == "helo"
    assert [shown.description for shown in composer.parts[0].attachments] == ["a hill"]
    assert "Its words are here again" in page.content.decode()
    assert as_alice.get(tweet.path).status_code == 404
    sent = {"text": "hello", "attachments": image.id, "key": composer.key, "seen": composer.saving.seen}
    assert as_alice.post("/create/", sent).status_code == 302
    assert [tweet.text for tweet in Tweet.objects.all()] == ["hello"]
    assert not SavedDraft.objects.exists()


def test_the_second_of_two_clicks_finds_the_words_too(as_alice, alice):
    tweet = make_tweet(alice, "hello")
    for _ in range(2):
        assert as_alice.post(url(tweet), follow=True).context["composer"].parts[0].text == "hello"


def test_somebody_elses_tweet_stays(as_bob, alice):
    tweet = make_tweet(alice)
    for answer in (as_bob.get(url(tweet)), as_bob.post(url(tweet))):
        assert answer.status_code == 403
    assert Tweet.objects.exists()


def test_a_visitor_is_led_to_the_login(client, alice):
    tweet = make_tweet(alice)
    assert client.post(url(tweet)).url == f"/login/?next={url(tweet)}"
    assert Tweet.objects.exists()


@pytest.mark.parametrize("path", ["/redraft/1/", f"/redraft/{10**40}/"])
def test_what_does_not_exist_is_not_found(as_alice, path):
    assert as_alice.get(path).status_code == 404
