"""The words of a filter one by one."""

import pytest

from common.errors import Invalid, NotFound
from events.catalogue import WordFiltersChanged
from relationships.actions import FilterDraft, add_keyword, change_keyword, create_filter, remove_keyword
from relationships.filtering import rules_for
from relationships.models import FilterKeyword

pytestmark = pytest.mark.django_db


@pytest.fixture
def drinks(alice):
    return create_filter(alice, FilterDraft("Drinks", {"tea": True}, ("home",)))


def looked_for(person):
    return [phrase.typed for rule in rules_for(person, None) for phrase in rule.phrases]


def test_each_change_counts_at_once_and_is_announced(alice, drinks, announced):
    with announced() as events:
        word = add_keyword(alice, drinks.pk, " hot  milk", whole_word=False)
        assert looked_for(alice) == ["tea", "hot milk"]
        change_keyword(alice, word.pk, "milk", whole_word=True)
        assert looked_for(alice) == ["tea", "milk"]
        remove_keyword(alice, word.pk)
        assert looked_for(alice) == ["tea"]
    assert events == [WordFiltersChanged(owner_id=alice.id)] * 3


def test_a_word_that_is_there_only_changes(alice, drinks):
    add_keyword(alice, drinks.pk, "tea", whole_word=False)
    assert FilterKeyword.objects.get().whole_word is False


def test_no_more_than_a_filter_holds(alice, drinks, settings):
    settings.FILTER_KEYWORDS_MAX = 1
    with pytest.raises(Invalid, match="holds 1 words"):
        add_keyword(alice, drinks.pk, "milk", whole_word=True)
    change_keyword(alice, drinks.keywords.get().pk, "milk", whole_word=True)
    assert looked_for(alice) == ["milk"]


def test_filters_and_words_are_nobody_elses(bob, drinks):
    word = drinks.keywords.get().pk
    for deed in (
        lambda: add_keyword(bob, drinks.pk, "x", whole_word=True),
        lambda: change_keyword(bob, word, "x", whole_word=True),
        lambda: remove_keyword(bob, word),
    ):
        with pytest.raises(NotFound):
            deed()
    assert FilterKeyword.objects.get().phrase == "tea"


def test_without_words_only_where_that_is_asked_for(alice):
    with pytest.raises(Invalid, match="at least one word"):
        create_filter(alice, FilterDraft("Drinks", {}, ("home",)))
    with pytest.raises(Invalid, match="at least one word"):
        create_filter(alice, FilterDraft("", {}, ("home",), may_be_empty=True))
    assert create_filter(alice, FilterDraft("Drinks", {}, ("home",), may_be_empty=True)).title == "Drinks"
    assert looked_for(alice) == []
