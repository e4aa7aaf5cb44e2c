"""The composer goes both ways: a form that was sent becomes drafts, kept drafts become a form."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from tests.factories import make_image, make_tweet, picture_file
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Tweet
from web.composing import composer_holding
from web.forms.tweet import Composer, attachment_ids

pytestmark = pytest.mark.django_db


def sent(query, images=()):
    return Composer.sent(QueryDict(query), images)


def test_each_part_becomes_a_draft(alice):
    first, second = make_image(alice), make_image(alice)
    query = (
        f"text=one&attachments={first.id}&text_2=two&attachments_2={second.id}&description_{second.id}=a+hill"
        "&visibility=followers&repliers=followed"
    )
    drafts = sent(query, [first, second]).to_drafts()
    shared = {"visibility": "followers", "repliers": "followed"}
    assert [replace(draft, key="", saved_as=None) for draft in drafts] == [
        TweetDraft(text="one", images=(DraftImage(first.id),), **shared),
        TweetDraft(text="two", images=(DraftImage(second.id, "a hill"),), **shared),
    ]
    assert attachment_ids(QueryDict(query)) == [first.id, second.id]


def test_the_order_in_the_form_is_the_order_of_the_thread():
    composer = sent("text_3=first&text=second&text_2=third")
    assert [draft.text for draft in composer.to_drafts()] == ["first", "second", "third"]
    composer.number()
    assert [part.suffix for part in composer.parts] == ["", "_2", "_3"]


@pytest.mark.parametrize("query", ["", "text_x=1", "text_=1", "text_02=1", "text_12345=1", "texts=1"])
def test_there_is_always_a_part(query):
    assert [part.text for part in sent(query).parts] == [""]


def test_one_key_speaks_for_the_whole_thread():
    key = "k" * 24
    keys = {
        sent(f"key={key}&text={first}&text_2={second}").to_draft().key
        for first, second in [("a", "b"), ("a", "c"), ("b", "b"), ("ab", "")]
    }
    assert len(keys) == 4
    again = sent(f"key={key}&text=a&text_2=b").to_drafts()
    assert again[0].key in keys
    assert again[1].key == ""


def test_kept_drafts_come_back_as_a_form_that_sends_the_same(alice, bob):
    image = make_image(alice)
    parent, quoted = make_tweet(bob), make_tweet(bob)
    thread = [
        TweetDraft(
            text="one",
            images=(DraftImage(image.id, "a hill"),),
            visibility="followers",
            repliers="followed",
            quoters="nobody",
            reply_to_id=parent.id,
            quote_of_id=quoted.id,
        ),
        TweetDraft(text="two", visibility="followers", repliers="followed", quoters="nobody"),
    ]
    composer = composer_holding(alice, thread)
    assert composer.errors == []
    assert [replace(draft, key="", saved_as=None) for draft in composer.to_drafts()] == thread
    assert composer.key


def test_what_is_gone_by_now_is_told_and_the_words_stay(alice, bob):
    thread = [TweetDraft(text="one", images=(DraftImage(make_image(bob).id),), reply_to_id=12345)]
    composer = composer_holding(alice, thread)
    assert [part.text for part in composer.parts] == ["one"]
    assert composer.errors == [
        "Some of its pictures are no longer there. Add them again.",
        "This tweet does not exist, or you may not see it.",
    ]


def test_no_drafts_are_an_empty_form(alice):
    assert [part.text for part in composer_holding(alice, []).parts] == [""]


def test_the_form_shows_every_part_with_its_pictures(as_alice, alice):
    first, second = make_image(alice), make_image(alice)
    form = {"text": "one", "text_2": "two", "attachments_2": [first.id, second.id], "up": second.id}
    page = as_alice.post("/create/", form)
    assert [part.text for part in page.context["composer"].parts] == ["one", "two"]
    assert [image.id for image in page.context["composer"].parts[1].attachments] == [second.id, first.id]
    drawn = page.content.decode()
    assert drawn.count('name="attachments_2"') == 2
    assert 'name="text_2"' in drawn


FORM = {"text": "one", "text_2": "two", "text_3": "three"}


def words(page):
    return [part.text for part in page.context["composer"].parts]


@pytest.mark.parametrize(
    ("button", "value", "expected"),
    [
        ("add_part", "", ["one", "two", "three", ""]),
        ("part_remove", "2", ["one", "three"]),
        ("part_up", "3", ["one", "three", "two"]),
        ("part_up", "1", ["one", "two", "three"]),
        ("part_down", "1", ["two", "one", "three"]),
        ("part_down", "9", ["one", "two", "three"]),
        ("part_remove", "x", ["one", "two", "three"]),
    ],
)
def test_buttons_of_a_part_show_the_form_again(as_alice, button, value, expected):
    page = as_alice.post("/create/", {**FORM, button: value})
    assert page.status_code == 200
    assert words(page) == expected
    assert not Tweet.objects.exists()


def test_the_last_part_that_is_removed_leaves_an_empty_one(as_alice):
    assert words(as_alice.post("/create/", {"text": "one", "part_remove": "1"})) == [""]


def test_pictures_stay_with_their_part_when_one_is_added(as_alice, alice):
    image = make_image(alice)
    form = {**FORM, "attachments_2": image.id, "pictures_3": picture_file(), "add_part": ""}
    page = as_alice.post("/create/", form)
    assert [len(part.attachments) for part in page.context["composer"].parts] == [0, 1, 1, 0]


def test_a_thread_is_posted_without_what_nobody_filled_in(as_alice):
    form = {"text": "one", "text_2": " ", "text_3": "three"}
    assert as_alice.post("/create/", form).status_code == 302
    assert list(Tweet.objects.order_by("id").values_list("text", flat=True)) == ["one", "three"]


def test_what_is_refused_names_the_tweet_and_loses_nothing(as_alice):
    page = as_alice.post("/create/", {**FORM, "text_2": "word " * 60})
    assert page.status_code == 422
    assert "Tweet 2: That is 19 characters too long" in page.content.decode()
    assert words(page) == ["one", "word " * 60, "three"]
    assert not Tweet.objects.exists()


def test_more_than_a_thread_holds_is_told_and_kept(as_alice):
    form = {"text": "0", **{f"text_{number}": str(number) for number in range(2, 26)}}
    page = as_alice.post("/create/", {**form, "add_part": ""})
    assert page.status_code == 422
    assert "A thread holds at most 25 tweets." in page.content.decode()
    page = as_alice.post("/create/", {**form, "text_26": "one more"})
    assert page.status_code == 422
    assert "1 too many" in page.content.decode()
    assert len(words(page)) == 26
    assert as_alice.post("/create/", form).status_code == 302
    assert Tweet.objects.count() == 25


def test_sending_a_thread_twice_posts_it_once(as_alice):
    form = {**FORM, "key": as_alice.get("/create/").context["composer"].key}
    assert [as_alice.post("/create/", form).status_code for _ in range(2)] == [302, 302]
    assert Tweet.objects.count() == 3


def test_neither_an_edited_tweet_nor_a_message_becomes_a_thread(as_alice, alice):
    tweet = make_tweet(alice)
    for address in (f"/edit/{tweet.id}/", "/messages/new/"):
        assert 'name="add_part"' not in as_alice.get(address).content.decode()
