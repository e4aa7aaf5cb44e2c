"""What a reader's filters say to a text."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from relationships.actions import FilterDraft, change_filter, create_filter, delete_filter
from relationships.filtering import Phrase, Rule, Verdict, judge, rules_for, who_hides
from relationships.models import WordFilter
from tests.pace import is_within

pytestmark = pytest.mark.django_db
Context = WordFilter.Context


def make_filter(owner, *words, whole=True, contexts=tuple(Context.values), **more) -> WordFilter:
    keywords = dict.fromkeys(words, whole)
    return create_filter(owner, FilterDraft(more.pop("title", ""), keywords, contexts, **more))


def says(reader, *texts, context=Context.HOME) -> Verdict:
    return judge(rules_for(reader, context), texts)


def test_a_filter_warns_with_its_title_or_hides(alice):
    make_filter(alice, "cat", title="Animals")
    make_filter(alice, "film", action="hide")
    assert says(alice, "A CAT!") == Verdict(False, ("Animals",))
    assert says(alice, "a cat in a film").is_hidden
    assert says(alice, "a catalogue") == Verdict()


def test_a_filter_may_cover_pictures_alone(alice):
    make_filter(alice, "cat", action="blur")
    assert says(alice, "my cat") == Verdict(is_covered=True)
    make_filter(alice, "cat", title="Animals")
    assert says(alice, "my cat") == Verdict(titles=("Animals",), is_covered=True)
    assert who_hides({alice.pk: alice.filters_revision}, ["my cat"], Context.HOME) == frozenset()


def test_parts_of_words_are_found_when_wanted(alice):
    make_filter(alice, "cat", whole=False)
    assert says(alice, "concatenate").titles == ("cat",)


def test_each_text_is_read_for_itself(alice):
    make_filter(alice, "new york")
    assert says(alice, "something new", "york is a town") == Verdict()
    assert says(alice, "nothing", "New York").titles == ("new york",)


def test_a_filter_works_where_it_is_wanted(alice):
    make_filter(alice, "cat", contexts=("public", "thread"))
    found = {context for context in Context if says(alice, "cat", context=context).titles}
    assert found == {Context.PUBLIC, Context.THREAD}


def test_a_filter_ends(alice):
    make_filter(alice, "cat", expires_at=timezone.now() + timedelta(hours=1))
    assert says(alice, "cat").titles
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert not says(alice, "cat").titles


def test_a_change_counts_at_once_and_nobody_elses_filters_do(alice, bob):
    made = make_filter(alice, "cat")
    assert says(alice, "cat and dog").titles == ("cat",)
    assert says(bob, "cat and dog") == Verdict()
    change_filter(alice, made.id, FilterDraft("", {"dog": True}, tuple(Context.values)))
    assert says(alice, "cat and dog").titles == ("dog",)
    delete_filter(alice, made.id)
    assert says(alice, "cat and dog") == Verdict()


def test_it_is_read_once_for_each_change(alice, bob, django_assert_num_queries):
    with django_assert_num_queries(0):
        rules_for(bob, Context.HOME)
    for number in range(3):
        make_filter(alice, f"word{number}", f"thing{number}")
    with django_assert_num_queries(1):
        rules_for(alice, Context.HOME)
        rules_for(alice, Context.PUBLIC)


def test_who_hides_a_text(alice, bob, carol, django_assert_num_queries):
    make_filter(alice, "cat", action="hide")
    make_filter(bob, "cat")
    make_filter(carol, "dog", action="hide", contexts=("home",))
    revisions = {person.pk: person.filters_revision for person in (alice, bob, carol)}
    with django_assert_num_queries(1):
        assert who_hides(revisions, ["my cat"], Context.HOME) == {alice.pk}
    assert who_hides(revisions, ["my dog"], Context.HOME) == {carol.pk}
    assert who_hides(revisions, ["my dog"], Context.NOTIFICATIONS) == set()
    with django_assert_num_queries(0):
        assert who_hides({alice.pk: 0}, ["my cat"], Context.HOME) == set()


def phrase(number):
    text = f"phrase number {number}"
    return Phrase(text, text, is_whole=number % 2 == 0)


def test_a_hundred_filters_and_twenty_cards_take_a_millisecond():
    rules = [
        Rule(number, f"filter {number}", "warn", frozenset(), None, (phrase(number),))
        for number in range(100)
    ]
    texts = [
        f"Ça ne va pas, {number}: " + "quelques mots sur une journée ordinaire. " * 6 for number in range(20)
    ]
    assert [judge(rules, (text,)) for text in texts] == [Verdict()] * 20
    assert is_within(lambda: [judge(rules, (text,)) for text in texts], 0.001, tries=20)
