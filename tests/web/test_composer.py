"""The composer goes both ways: a form that was sent becomes drafts, kept drafts become a form."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from tests.factories import make_image, make_tweet
from tweets.draft import DraftImage, TweetDraft
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
    assert [replace(draft, key="") for draft in drafts] == [
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
    assert [replace(draft, key="") for draft in composer.to_drafts()] == thread
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
