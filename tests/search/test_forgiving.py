"""A slip of the pen in a name or a tag still leads there; two do not."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from relationships.actions import block_user
from search.actions import index_people
from search.queries import people_nearly, tags_nearly
from search.query_language import read_question
from search.spelling import is_near, near_marks
from tests.factories import make_tweet, make_user
from tweets.models import Hashtag

WORDS = st.text("abcdeé", min_size=4, max_size=9)


def people(text, viewer=None):
    return [person.username for person in people_nearly(read_question(text), viewer or AnonymousUser())]


def tags(text):
    return tags_nearly(read_question(text), 5)


@pytest.fixture
def rosalind(db):
    person = make_user("rosalind", display_name="Rósalind Fränklin")
    index_people([person.pk])
    return person


@pytest.mark.parametrize(
    "typed", ["rosalnd", "rosaalind", "roaslind", "rosalint", "Franklim", "rosalind frnaklin", "@rosalid"]
)
def test_one_slip_in_each_word_is_forgiven(rosalind, typed):
    assert people(typed) == ["rosalind"]


@pytest.mark.parametrize(
    "typed", ["roslnd", "rsalidn", "ros", "rosalnd zork", "has:media", "-rosalnd", "東京"]
)
def test_nothing_else_is(rosalind, typed):
    assert people(typed) == []


def test_nobody_is_offered_who_may_not_be_met(rosalind, alice):
    make_user("rosalinda", confirmed=False)
    index_people([alice.pk])
    block_user(rosalind, alice)
    assert people("rosalnd", alice) == []
    assert people("rosalnd") == ["rosalind"]


@pytest.mark.django_db
def test_tags_in_public_use_are_offered(alice, events_happen):
    with events_happen():
        make_tweet(alice, "#breakfast #museum")
        make_tweet(alice, "#breakfasd", visibility="followers")
        make_tweet(alice, "#muzeum")
    assert tags("braekfast") == tags("#breakfst") == ["breakfast"]
    assert tags("brekfst") == tags("tea") == tags("two words") == []
    Hashtag.objects.filter(name="museum").update(is_unlisted=True)
    assert tags("museun") == []


@given(WORDS, st.integers(0, 8), st.sampled_from("abcxé"))
def test_whatever_is_one_slip_away_meets_in_the_index(word, place, letter):
    place %= len(word) - 1
    slips = {
        word[:place] + letter + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    }
    for slip in slips:
        assert is_near(word, slip)
        assert is_near(slip, word)
        assert set(near_marks([word])) & set(near_marks([slip]))


def test_two_slips_are_too_many():
    assert not is_near("abcd", "bcde")
    assert not is_near("abcd", "badc")
    assert not is_near("abcd", "ab")
