"""A rehearsal: what a rule would have caught in the last 30 days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditEntry
from common.ids import moment_of
from jobs.engines.embedded import run_pending
from jobs.models import Job
from moderation.actions import go_on_rehearsing, rehearsals, rehearse, take_measure
from moderation.models import Measure, Rehearsal, RehearsedAuthor, RuleHit
from moderation.queries import examples_of
from tests.factories import make_tweet, make_user
from tests.moderation.making import make_rule, rehearsed
from tweets.actions import delete_tweet, hide_tweet, post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def say(author, text: str, *, days: float = 0, minutes: float = 0, **choices: object) -> Tweet:
    at = timezone.now() - timedelta(days=days, minutes=minutes)
    return post_tweet(author, TweetDraft(text, **choices), at=at)


def test_it_tells_what_would_have_been_caught(admin, moderator, alice, bob, carol):
    old = say(alice, "An old casino", days=31)
    first, second = say(alice, "My casino", days=29), say(bob, "Casino, too", days=2)
    third = say(bob, "casino again", days=2, minutes=1)
    say(carol, "Nothing", days=1)
    hide_tweet(admin, third)
    take_measure(moderator, bob, Measure.Kind.WARN, "Please.")
    found = rehearsed(admin, make_rule(admin))
    assert found.is_done
    assert (found.looked_at, found.caught, found.authors) == (4, 3, 2)
    assert (found.taken_down, found.measured_authors) == (1, 1)
    assert found.per_day == {
        moment_of(first.pk).date().isoformat(): 1,
        moment_of(second.pk).date().isoformat(): 2,
    }
    assert {int(one["id"]) for one in found.examples} == {first.pk, second.pk, third.pk}
    assert old.pk not in {int(one["id"]) for one in found.examples}
    assert (examples_of(found)[-1].tweet, examples_of(found)[-1].why) == (first, ["It says “casino”."])


def test_nothing_happens_to_anybody(admin, alice):
    tweet = say(alice, "My casino", days=1)
    rehearsed(admin, make_rule(admin, "limit"))
    tweet.refresh_from_db()
    assert tweet.held_at is None
    assert not RuleHit.objects.exists()
    assert not Measure.objects.exists()
    assert not RehearsedAuthor.objects.exists()


def test_words_for_few_are_counted_and_not_shown(admin, alice):
    say(alice, "My casino", days=1, visibility="followers")
    found = rehearsed(admin, make_rule(admin))
    assert (found.caught, found.examples) == (1, [])


def test_every_day_of_the_stretch_is_told(admin, alice):
    say(alice, "My casino", days=1)
    days = rehearsed(admin, make_rule(admin)).days
    assert len(days) == 31
    assert sum(number for _, number in days) == 1


@pytest.mark.parametrize("asked", [{"repeats": 3, "repeats_minutes": 60}, {"pace": 2, "pace_minutes": 60}])
def test_batches_and_slices_of_time_change_nothing(admin, alice, bob, asked, monkeypatch, settings):
    for number in range(12):
        say(alice, "Again and again", days=3, minutes=-number)
        say(bob, f"Number {number}", days=4, minutes=-60 * number)
    whole = rehearsed(admin, make_rule(admin, **asked))
    assert (whole.looked_at, whole.caught, whole.authors) == (24, 10, 1)
    monkeypatch.setattr(rehearsals, "BATCH", 5)
    settings.REHEARSAL_SLICE_SECONDS = 0.000_001  # one batch in each job
    pieces = rehearsed(admin, make_rule(admin, **asked))
    assert not Job.objects.filter(task__contains="rehearse").exists()
    for name in ("looked_at", "caught", "authors", "per_day", "examples"):
        assert getattr(pieces, name) == getattr(whole, name), name


def test_running_twice_counts_nothing_twice(admin, alice, monkeypatch):
    for number in range(7):
        say(alice, f"casino {number}", days=number)
    monkeypatch.setattr(rehearsals, "BATCH", 3)
    rehearsal = rehearse(admin, make_rule(admin))
    read, is_other = rehearsals._read, [False]

    def meanwhile(after: int, until: int):
        """Another worker does the same between our reading and our writing, once."""
        found = read(after, until)
        if not is_other[0]:
            is_other[0] = True
            go_on_rehearsing(rehearsal.pk)
        return found

    monkeypatch.setattr(rehearsals, "_read", meanwhile)
    go_on_rehearsing(rehearsal.pk)
    rehearsal.refresh_from_db()
    assert (rehearsal.looked_at, rehearsal.caught, rehearsal.authors) == (7, 7, 1)


def test_progress_is_told_by_time(admin, alice, monkeypatch, settings):
    for number in range(10):
        say(alice, f"casino {number}", days=29 - 3 * number)
    monkeypatch.setattr(rehearsals, "BATCH", 5)
    settings.REHEARSAL_SLICE_SECONDS = 0.000_001
    rehearsal = rehearse(admin, make_rule(admin))
    assert rehearsal.percent == 0
    go_on_rehearsing(rehearsal.pk)
    rehearsal.refresh_from_db()
    assert (rehearsal.is_running, rehearsal.looked_at) == (True, 5)
    assert 40 < rehearsal.percent < 50
    run_pending(["chores"])
    rehearsal.refresh_from_db()
    assert (rehearsal.is_done, rehearsal.percent) == (True, 100)


def test_examples_come_from_the_whole_stretch(admin, alice, settings):
    settings.REHEARSAL_EXAMPLES = 3
    tweets = [say(alice, f"casino {number}", days=29 - number) for number in range(25)]
    shown = {int(one["id"]) for one in rehearsed(admin, make_rule(admin)).examples}
    assert len(shown) == 3
    assert shown <= {tweet.pk for tweet in tweets}


def test_examples_are_as_they_are_when_they_are_read(admin, alice):
    gone, kept = say(alice, "My casino", days=2), say(alice, "casino again", days=1)
    found = rehearsed(admin, make_rule(admin))
    assert "casino" not in str([{**one, "why": ""} for one in found.examples])
    delete_tweet(alice, gone)
    assert [one.tweet for one in examples_of(found)] == [kept]


def test_one_runs_at_a_time_for_the_same_conditions(admin):
    rule = make_rule(admin)
    assert rehearse(admin, rule) == rehearse(admin, rule)
    assert Rehearsal.objects.count() == 1
    assert AuditEntry.objects.filter(deed="rehearse_automatic_rule").count() == 1


def test_one_that_is_gone_or_stopped_ends_quietly(admin):
    go_on_rehearsing(1)
    rehearsal = rehearse(admin, make_rule(admin))
    Rehearsal.objects.update(state=Rehearsal.State.STOPPED)
    run_pending(["chores"])
    rehearsal.refresh_from_db()
    assert rehearsal.looked_at == 0


def test_a_batch_costs_the_same_however_many_it_holds(admin, alice, bob, django_assert_max_num_queries):
    for number in range(40):
        make_tweet(alice, f"@bob casino {number}")
    rule = make_rule(admin, keywords=("casino",), strangers=1, pace=1, pace_minutes=5)
    rehearsal = rehearse(admin, rule)
    with django_assert_max_num_queries(14):
        go_on_rehearsing(rehearsal.pk)
    rehearsal.refresh_from_db()
    assert (rehearsal.looked_at, rehearsal.caught) == (40, 39)


def test_people_who_are_staff_now_are_not_counted(admin):
    make_tweet(make_user("mona", role="moderator"), "casino")
    assert rehearsed(admin, make_rule(admin)).looked_at == 0
