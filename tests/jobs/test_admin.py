"""What staff see of jobs, and what they can do about them."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from jobs import actions, queries
from jobs.models import Job
from tests.factories import make_user
from tests.jobs.effects import write

LIST = "/admin/jobs/job/"


@pytest.fixture
def as_staff(staff, as_person):
    return as_person(staff)


@pytest.fixture
def as_onlooker(db, as_person):
    """Staff who may look at jobs and no more."""
    person = make_user("olga", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_job"))
    return as_person(person)


def seen(client, query=""):
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_each_queue_stands_at_a_glance(as_staff):
    now = timezone.now()
    write("note", 1, run_at=now - timedelta(seconds=90))
    write("note", 2, run_at=now - timedelta(seconds=30))
    write("note", 3, run_at=now + timedelta(hours=1))
    write("note", 4, state="running", queue="media")
    write("fail", 5, state="dead", queue="fanout")

    page = seen(as_staff)

    assert re.search(r"default 2 1 0 0 9\d s", page)
    assert "fanout 0 0 0 1 –" in page
    assert "media 0 0 1 0 –" in page


def test_the_list_shows_the_last_error(as_staff):
    write("note", 2, state="dead", last_error="Traceback\n  line\nValueError: broken <b>")

    assert "ValueError: broken &lt;b&gt;" in as_staff.get(LIST).content.decode()


def test_jobs_are_found_by_state_queue_and_task(as_staff):
    write("note", 1, queue="media")
    write("fail", 2, state="dead")
    write("note", 3, state="dead")

    rows = as_staff.get(f"{LIST}?state__exact=dead&task__exact=effects.fail").context["cl"].result_list
    assert [job.task for job in rows] == ["effects.fail"]
    rows = as_staff.get(f"{LIST}?state__exact=waiting&queue__exact=media").context["cl"].result_list
    assert [job.queue for job in rows] == ["media"]


def test_a_dead_job_can_be_tried_again(as_staff):
    job = write("note", 1, state="dead", attempts=8)
    as_staff.post(LIST, {"action": "try_again", "_selected_action": [job.pk]})
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert LogEntry.objects.get().change_message == "Tried 1 chosen jobs again."


def test_all_failed_jobs_of_a_task_are_tried_again_and_it_is_noted_who_did(as_staff, staff):
    for number in range(3):
        write("fail", number, state="dead", attempts=8)
    other = write("note", 9, state="dead", attempts=8)
    waiting = write("fail", 8, attempts=2)

    page = as_staff.post(f"{LIST}retry/", {"task": "effects.fail"}, follow=True).content.decode()

    assert "3 jobs will be tried again." in page
    assert Job.objects.filter(task="effects.fail", state="waiting", attempts=0).count() == 3
    other.refresh_from_db()
    waiting.refresh_from_db()
    assert (other.state, waiting.attempts) == ("dead", 2)
    (entry,) = LogEntry.objects.all()
    assert (entry.user, entry.change_message) == (staff, "Tried 3 failed jobs of effects.fail again.")


def test_what_more_there_is_to_know_stands_beside_the_task(as_staff):
    Job.objects.create(task="moderation.reactions.look_at_tweet", state="dead")
    write("fail", 1, state="dead")
    page = seen(as_staff)
    assert page.count("Others were told of a tweet that automatic rules have not looked at.") == 1


def test_very_many_are_tried_again_in_parts(as_staff, monkeypatch):
    monkeypatch.setattr(actions, "RETRIED_AT_ONCE", 2)
    for number in range(3):
        write("fail", number, state="dead")

    page = as_staff.post(f"{LIST}retry/", {"task": "effects.fail"}, follow=True).content.decode()

    assert "2 jobs will be tried again. There are more; press again for the next." in page
    assert Job.objects.filter(state="dead").count() == 1


def test_looking_allows_no_retrying(as_onlooker):
    job = write("fail", 1, state="dead")

    assert "Try all again" not in seen(as_onlooker)
    assert as_onlooker.post(f"{LIST}retry/", {"task": "effects.fail"}).status_code == 403
    as_onlooker.post(LIST, {"action": "try_again", "_selected_action": [job.pk]})
    job.refresh_from_db()
    assert job.state == "dead"


def test_retrying_takes_a_post_with_its_token_by_staff(as_staff, as_alice, staff):
    write("fail", 1, state="dead")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff)

    assert as_staff.get(f"{LIST}retry/?task=effects.fail").status_code == 405
    assert strict.post(f"{LIST}retry/", {"task": "effects.fail"}).status_code == 403
    assert as_alice.post(f"{LIST}retry/", {"task": "effects.fail"}).status_code in {302, 403}
    assert Client().post(f"{LIST}retry/", {"task": "effects.fail"}).status_code == 302
    assert Job.objects.get().state == "dead"


@pytest.mark.parametrize("task", ["", "effects.nothing", "a\0b", "' OR 1=1 --"])
def test_a_task_that_is_none_changes_nothing(as_staff, task):
    write("fail", 1, state="dead")

    page = as_staff.post(f"{LIST}retry/", {"task": task}, follow=True).content.decode()

    assert "0 jobs will be tried again." in page
    assert Job.objects.get().state == "dead"
    assert not LogEntry.objects.exists()


def test_jobs_cannot_be_written_or_changed_by_hand(as_staff):
    job = write("note", 1)
    assert as_staff.get(f"{LIST}add/").status_code == 403
    as_staff.post(f"{LIST}{job.pk}/change/", {"task": "os.system"})
    assert Job.objects.get().task == "effects.note"


def test_the_list_needs_the_same_queries_for_many(as_staff, django_assert_num_queries):
    write("note", 1)
    write("fail", 1, state="dead")
    as_staff.get(LIST)
    with django_assert_num_queries(6):
        as_staff.get(LIST)
    for number in range(30):
        write("note", number)
        write("fail", number, state="dead", queue="media")
    with django_assert_num_queries(6):
        as_staff.get(LIST)


def test_no_more_rows_are_counted_than_the_bound(as_staff, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED_MOST", 5)
    for number in range(8):
        write("note", number)

    assert re.search(r"default 5\+ 0 0 0", seen(as_staff))
