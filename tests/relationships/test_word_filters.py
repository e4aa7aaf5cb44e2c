"""Making, changing and deleting word filters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.errors import Invalid, NotFound
from events.catalogue import WordFiltersChanged
from relationships.actions import FilterDraft, change_filter, create_filter, delete_filter
from relationships.models import FilterKeyword, WordFilter

pytestmark = pytest.mark.django_db
EVERYWHERE = tuple(WordFilter.Context.values)


def draft(*words, **changes) -> FilterDraft:
    values = {"title": "", "keywords": dict.fromkeys(words or ("cat",), True), "contexts": EVERYWHERE}
    return FilterDraft(**{**values, **changes})


def keywords_of(one) -> dict[str, bool]:
    return dict(FilterKeyword.objects.filter(filter=one).values_list("phrase", "whole_word"))


def test_a_filter_is_made_and_announced(alice, announced):
    with announced() as events:
        made = create_filter(alice, draft("  new   york ", "cat", contexts=("home", "thread"), action="hide"))
    made.refresh_from_db()
    assert (made.title, made.action, made.contexts) == ("new york", "hide", ["home", "thread"])
    assert keywords_of(made) == {"new york": True, "cat": True}
    assert events == [WordFiltersChanged(owner_id=alice.id)]


def test_the_revision_is_another_with_each_change_and_none_without_filters(alice):
    assert alice.filters_revision == 0
    first = create_filter(alice, draft())
    seen = {alice.filters_revision}
    change_filter(alice, first.id, draft("dog"))
    seen.add(alice.filters_revision)
    second = create_filter(alice, draft("bird"))
    seen.add(alice.filters_revision)
    delete_filter(alice, second.id)
    seen.add(alice.filters_revision)
    assert len(seen) == 4
    assert 0 not in seen
    delete_filter(alice, first.id)
    alice.refresh_from_db()
    assert alice.filters_revision == 0


def test_a_change_replaces_all_and_keeps_the_rows_of_what_stays(alice):
    made = create_filter(alice, draft("cat", "dog", title="Animals"))
    cat = FilterKeyword.objects.get(phrase="cat")
    change_filter(alice, made.id, draft(keywords={"cat": False, "bird": True}, title="Pets", action="hide"))
    made.refresh_from_db()
    assert (made.title, made.action) == ("Pets", "hide")
    assert keywords_of(made) == {"cat": False, "bird": True}
    assert FilterKeyword.objects.get(phrase="cat").pk == cat.pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"keywords": {}}, "keywords"),
        ({"keywords": {"  ": True}}, "keywords"),
        ({"keywords": {"\u0301": False}}, "keywords"),  # an accent on its own would be in every text
        ({"keywords": {"\u200b": False}}, "keywords"),
        ({"keywords": {"a\0b": True}}, "keywords"),
        ({"keywords": {"a" * 101: True}}, "keywords"),
        ({"keywords": {f"word {number}": True for number in range(21)}}, "keywords"),
        ({"title": "t" * 101}, "title"),
        ({"contexts": ()}, "contexts"),
        ({"contexts": ("home", "kitchen")}, "contexts"),
        ({"action": "burn"}, "action"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expires_at"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(alice, wrong, field):
    made = create_filter(alice, draft("cat"))
    before = alice.filters_revision
    for attempt in (
        lambda: create_filter(alice, draft(**wrong)),
        lambda: change_filter(alice, made.id, draft(**wrong)),
    ):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert refused.value.field == field
    alice.refresh_from_db()
    assert alice.filters_revision == before
    assert WordFilter.objects.count() == 1
    assert keywords_of(made) == {"cat": True}


def test_a_filter_that_ended_can_be_changed_without_a_new_end(alice):
    made = create_filter(alice, draft())
    ended = timezone.now() - timedelta(days=1)
    WordFilter.objects.update(expires_at=ended)
    change_filter(alice, made.id, draft("dog", expires_at=ended))
    assert keywords_of(made) == {"dog": True}


def test_there_is_an_end_to_the_number_of_filters(alice, bob, settings):
    settings.FILTERS_MAX = 2
    create_filter(alice, draft())
    create_filter(alice, draft())
    with pytest.raises(Invalid):
        create_filter(alice, draft())
    create_filter(bob, draft())


def test_somebody_elses_filter_is_not_there(alice, bob, announced):
    made = create_filter(alice, draft("cat", title="Animals"))
    with pytest.raises(NotFound):
        change_filter(bob, made.id, draft("dog"))
    with announced() as events:
        delete_filter(bob, made.id)
    assert events == []
    assert keywords_of(made) == {"cat": True}


def test_deleting_twice_is_harmless(alice, announced):
    made = create_filter(alice, draft())
    with announced() as events:
        delete_filter(alice, made.id)
        delete_filter(alice, made.id)
    assert len(events) == 1
    assert not WordFilter.objects.exists()
