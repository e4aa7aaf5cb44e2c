"""What an author wants to say, kept as plain values and read again."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweets.draft import DraftImage, PollDraft, TweetDraft, from_plain, to_plain

FULL = TweetDraft(
    text="All of it, @bob",
    images=(DraftImage(7, "a hill"), DraftImage(8)),
    visibility="followers",
    repliers="followed",
    quoters="nobody",
    reply_to_id=2**62,
    quote_of_id=3,
    recipients=(4, 5),
    warning="Ends of films",
    is_sensitive=True,
    language="pt",
    poll=PollDraft(("yes", "no"), 300, is_multiple=True, hides_totals=True),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def kept(drafts):
    return from_plain(json.loads(json.dumps(to_plain(drafts))))


def test_a_thread_comes_back_as_it_was_kept():
    thread = [FULL, TweetDraft(text="and then"), TweetDraft(text="", images=(DraftImage(9),))]
    assert kept(thread) == thread


def test_every_field_is_another_one_than_usual_above():
    """So that a field that comes later is kept as well."""
    usual = TweetDraft(text="")
    same = [
        field.name for field in fields(TweetDraft) if getattr(FULL, field.name) == getattr(usual, field.name)
    ]
    assert same == ["key", "saved_as"]  # both are of the form, not of the words


def test_the_key_of_a_form_is_not_kept():
    assert kept([TweetDraft(text="hello", key="once")]) == [TweetDraft(text="hello")]


def test_what_other_code_wrote_is_read_as_far_as_it_makes_sense():
    plain = {"text": "hello", "from_the_future": 1, "reply_to_id": "7", "is_sensitive": "yes"}
    images = [
        {"attachment_id": 1},
        {"attachment_id": None},
        "nothing",
        {"attachment_id": 2, "description": 5},
    ]
    assert from_plain([{**plain, "images": images, "recipients": 3}, None, []]) == [
        TweetDraft(text="hello", images=(DraftImage(1), DraftImage(2)))
    ]


@pytest.mark.parametrize("value", [None, {}, "text", 3, []])
def test_what_is_no_list_holds_no_drafts(value):
    assert from_plain(value) == []


@given(ANYTHING)
def test_reading_never_fails(value):
    named = {field.name: value for field in fields(TweetDraft)}
    assert len(from_plain([named])) == 1
    for draft in [*from_plain([named]), *from_plain(value)]:
        assert from_plain(to_plain([draft])) == [TweetDraft(**{**values_of(draft), "key": ""})]


def values_of(draft):
    return {field.name: getattr(draft, field.name) for field in fields(draft)}
