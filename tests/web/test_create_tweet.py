"""The form for a new tweet, as it works without scripts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attachments.models import Attachment
from tests.factories import make_image, make_user, picture_file
from tweets.models import Tweet
from tweets.queries import images_of

pytestmark = pytest.mark.django_db
URL = "/create/"


def test_the_page_is_where_people_expect_it(as_alice):
    assert reverse("create_tweet") == URL
    page = as_alice.get(URL)
    assert page.status_code == 200
    assert 'name="text"' in page.content.decode()


def test_posting_leads_back_to_the_feed_with_a_message(as_alice, alice):
    response = as_alice.post(URL, {"text": "Hello"}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Tweet posted successfully!" in response.content.decode()
    assert Tweet.objects.get().author == alice


def test_with_pictures_and_descriptions_at_once(as_alice):
    form = {
        "text": "two of them",
        "pictures": [picture_file(colour="red"), picture_file(colour="blue")],
        "description_new_1": "something red",
        "description_new_2": "something blue",
    }
    assert as_alice.post(URL, form).status_code == 302
    assert [image.description for image in images_of(Tweet.objects.get())] == [
        "something red",
        "something blue",
    ]


def test_with_a_picture_that_was_uploaded_before(as_alice, alice):
    image = make_image(alice)
    as_alice.post(URL, {"text": "", "attachments": [image.id], f"description_{image.id}": "a hill"})
    assert [shown.description for shown in images_of(Tweet.objects.get())] == ["a hill"]


def test_sending_twice_posts_once(as_alice):
    page = as_alice.get(URL)
    form = {"text": "only once", "key": page.context["composer"].key}
    assert as_alice.post(URL, form).status_code == as_alice.post(URL, form).status_code == 302
    assert Tweet.objects.count() == 1


def test_an_empty_tweet_gets_a_sentence(as_alice):
    response = as_alice.post(URL, {"text": "  "})
    assert response.status_code == 422
    assert "Write something, or add a picture." in response.content.decode()


def test_too_long_keeps_every_word(as_alice):
    text = "word " * 60
    response = as_alice.post(URL, {"text": text})
    page = response.content.decode()
    assert response.status_code == 422
    assert "too long" in page
    assert text.strip() in page
    assert not Tweet.objects.exists()


def test_a_wrong_file_gets_a_sentence_and_text_and_good_pictures_stay(as_alice):
    wrong = SimpleUploadedFile("photo.jpg", b"not a picture at all", content_type="image/jpeg")
    form = {"text": "look at this", "pictures": [picture_file(), wrong], "description_new_1": "the good one"}
    response = as_alice.post(URL, form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "look at this" in page
    assert "the good one" in page
    kept = Attachment.objects.get()
    assert f'value="{kept.id}"' in page
    as_alice.post(
        URL, {"text": "look at this", "attachments": [kept.id], f"description_{kept.id}": "the good one"}
    )
    assert [image.id for image in images_of(Tweet.objects.get())] == [kept.id]


def test_the_fifth_picture_is_refused_with_the_rest_kept(as_alice):
    response = as_alice.post(URL, {"text": "many", "pictures": [picture_file() for _ in range(5)]})
    assert response.status_code == 422
    assert "at most 4 pictures" in response.content.decode()
    assert Attachment.objects.count() == 4


def test_buttons_remove_and_move_pictures_without_posting(as_alice, alice):
    first, second = make_image(alice), make_image(alice)
    form = {"text": "kept", "attachments": [first.id, second.id]}
    moved = as_alice.post(URL, {**form, "up": second.id})
    assert [image.id for image in moved.context["composer"].parts[0].attachments] == [second.id, first.id]
    moved = as_alice.post(URL, {**form, "down": first.id})
    assert [image.id for image in moved.context["composer"].parts[0].attachments] == [second.id, first.id]
    removed = as_alice.post(URL, {**form, "remove": first.id})
    assert [image.id for image in removed.context["composer"].parts[0].attachments] == [second.id]
    assert "kept" in removed.content.decode()
    assert as_alice.post(URL, {**form, "remove": "nonsense"}).status_code == 200
    assert not Tweet.objects.exists()


@pytest.mark.parametrize("whose", ["bob's", "nobody's"])
def test_a_picture_that_is_not_ones_own_is_refused_with_every_word_kept(as_alice, alice, bob, whose):
    mine, theirs = make_image(alice), make_image(bob)
    other = theirs.id if whose == "bob's" else 12345
    response = as_alice.post(URL, {"text": "two pictures", "attachments": [mine.id, other, "x", "9" * 30]})
    page = response.content.decode()
    assert response.status_code == 422
    assert "no longer there" in page
    assert "two pictures" in page
    assert f'value="{mine.id}"' in page
    assert not Tweet.objects.exists()


def test_a_form_gone_back_to_and_rewritten_is_another_tweet(as_alice):
    key = as_alice.get(URL).context["composer"].key
    for text in ("first", "second", "first"):
        assert as_alice.post(URL, {"text": text, "key": key}).status_code == 302
    assert {tweet.text for tweet in Tweet.objects.all()} == {"first", "second"}
    assert Tweet.objects.count() == 2


@pytest.mark.parametrize("key", ["a\0b", "k" * 500, "é", "<b>", "../x", ""])
def test_a_damaged_key_loses_nothing(as_alice, key):
    assert as_alice.post(URL, {"text": "hello", "key": key}).status_code == 302
    assert Tweet.objects.get().text == "hello"


def test_sending_twice_with_pictures_posts_once(as_alice, alice):
    image = make_image(alice)
    form = {"text": "once", "attachments": [image.id], "key": as_alice.get(URL).context["composer"].key}
    assert as_alice.post(URL, form).status_code == as_alice.post(URL, form).status_code == 302
    assert Tweet.objects.count() == 1


def test_a_visitor_is_led_to_the_login_and_back(client):
    response = client.get(URL)
    assert response.status_code == 302
    assert response.url == f"/login/?next={URL}"
    assert client.post(URL, {"text": "hi"}).status_code == 302
    assert not Tweet.objects.exists()


def test_who_has_not_confirmed_reads_but_does_not_write(as_person):
    newcomer = as_person(make_user("newcomer", confirmed=False))
    assert newcomer.get("/").status_code == 200
    assert newcomer.get(URL).status_code == 302
    refused = newcomer.post(URL, {"text": "hi"})
    assert refused.status_code == 403
    assert "Confirm your e-mail" in refused.content.decode()
    assert not Tweet.objects.exists()


def test_fields_nobody_offered_change_nothing(as_alice, alice, bob):
    as_alice.post(
        URL, {"text": "hi", "author": bob.id, "author_id": bob.id, "id": 5, "hidden_at": "2020-01-01"}
    )
    tweet = Tweet.objects.get()
    assert tweet.author == alice
    assert tweet.hidden_at is None
    assert tweet.id != 5
