"""Undo on the page after sending; the words come back into the composer."""

import pytest
from django.utils import timezone

from tests.factories import make_image, make_tweet
from tweets.models import PostingKey, SavedDraft, Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _time_to_undo(settings):
    settings.TWEET_UNDO_SECONDS = 5


def undo_path(tweet):
    return f"{tweet.path}/undo"


def test_the_next_page_offers_to_see_it_and_to_undo_it(as_alice):
    page = as_alice.post("/create/", {"text": "hello"}, follow=True).content.decode()
    tweet = Tweet.objects.get()
    assert f'<a href="{tweet.path}">View</a>' in page
    assert f'form="act" formaction="{undo_path(tweet)}"' in page


def test_switched_off_nothing_waits(as_alice, settings):
    settings.TWEET_UNDO_SECONDS = 0
    page = as_alice.post("/create/", {"text": "hello"}, follow=True).content.decode()
    assert ">View</a>" in page
    assert ">Undo</button>" not in page
    assert PostingKey.objects.get().undo_until is None


def test_undo_gives_words_and_pictures_back(as_alice, alice):
    image = make_image(alice, "a hill")
    form = {"text": "one", "text_2": "two", "attachments_2": image.id, "visibility": "followers"}
    as_alice.post("/create/", {**form, f"description_{image.id}": "a hill"})
    first = Tweet.objects.order_by("id").first()
    page = as_alice.post(undo_path(first), follow=True)
    assert page.redirect_chain == [(f"/create/?draft={SavedDraft.objects.get().id}", 302)]
    composer = page.context["composer"]
    assert [part.text for part in composer.parts] == ["one", "two"]
    assert [shown.id for shown in composer.parts[1].attachments] == [image.id]
    assert composer.parts[1].attachments[0].description == "a hill"
    assert composer.audience.visibility == "followers"
    assert "Taken back before anybody was told." in page.content.decode()
    assert not Tweet.objects.exists()
    # It is there after a reload, and can be sent again.
    again = as_alice.get(page.redirect_chain[0][0]).context["composer"]
    assert [part.text for part in again.parts] == ["one", "two"]
    sent = {**form, "key": again.key, "seen": again.saving.seen}
    assert as_alice.post("/create/", sent).status_code == 302
    assert not SavedDraft.objects.exists()
    assert Tweet.objects.count() == 2


def test_undo_clicked_twice_shows_the_words_again(as_alice):
    as_alice.post("/create/", {"text": "hello"})
    path = undo_path(Tweet.objects.get())
    for _ in range(2):
        page = as_alice.post(path, follow=True)
        assert [part.text for part in page.context["composer"].parts] == ["hello"]


def test_too_late_it_says_so_and_offers_to_delete(as_alice):
    as_alice.post("/create/", {"text": "hello"})
    tweet = Tweet.objects.get()
    PostingKey.objects.update(undo_until=timezone.now())
    page = as_alice.post(undo_path(tweet))
    assert page.status_code == 409
    assert "This has been sent already." in page.content.decode()
    assert f'action="/delete/{tweet.id}/"' in page.content.decode()
    assert Tweet.objects.filter(pk=tweet.pk).exists()


def test_only_the_author_takes_back(as_alice, bob, client):
    tweet = make_tweet(bob)
    assert as_alice.post(undo_path(tweet)).status_code == 404
    assert as_alice.get(undo_path(tweet)).url == tweet.path
    assert Tweet.objects.filter(pk=tweet.pk).exists()


def test_an_answer_comes_back_as_an_answer(as_alice, bob):
    parent = make_tweet(bob)
    as_alice.post("/create/", {"text": "yes", "reply_to": parent.id})
    page = as_alice.post(undo_path(Tweet.objects.get(text="yes")), follow=True)
    assert page.context["composer"].parent.id == parent.id


def test_a_message_comes_back_to_the_people_it_was_for(as_alice, as_bob, bob):
    sent = as_alice.post("/messages/new/", {"text": "psst", "to": "bob"}, follow=True)
    tweet = Tweet.objects.get()
    assert undo_path(tweet) in sent.content.decode()
    assert "psst" not in as_bob.get("/messages/requests/").content.decode()
    page = as_alice.post(undo_path(tweet), follow=True)
    assert page.redirect_chain == [(f"/messages/new/?draft={SavedDraft.objects.get().id}", 302)]
    assert page.context["composer"].to == "bob"
    assert [part.text for part in page.context["composer"].parts] == ["psst"]
    assert not Tweet.objects.exists()
