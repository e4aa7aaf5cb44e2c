"""What staff see of jobs, and what they can do about them."""

import pytest

from jobs.models import Job
from tests.jobs.effects import write


@pytest.fixture
def as_staff(staff, as_person):
    return as_person(staff)


def test_the_list_sums_up_and_shows_the_last_error(as_staff):
    write("note", 1)
    write("note", 2, state="dead", last_error="Traceback\n  line\nValueError: broken <b>")
    page = as_staff.get("/admin/jobs/job/").content.decode()
    assert "1 waiting, 0 running, 1 dead; the oldest has been due for 0 s" in page
    assert "ValueError: broken &lt;b&gt;" in page


def test_jobs_can_be_searched_by_task_and_filtered_by_state(as_staff):
    write("note", 1)
    write("fail", 2, state="dead")
    found = as_staff.get("/admin/jobs/job/?q=effects.fail&state=dead").content.decode()
    assert "effects.fail" in found
    assert "effects.note" not in found


def test_a_dead_job_can_be_tried_again(as_staff):
    job = write("note", 1, state="dead", attempts=8)
    as_staff.post("/admin/jobs/job/", {"action": "try_again", "_selected_action": [job.pk]})
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)


def test_jobs_cannot_be_written_or_changed_by_hand(as_staff):
    job = write("note", 1)
    assert as_staff.get("/admin/jobs/job/add/").status_code == 403
    as_staff.post(f"/admin/jobs/job/{job.pk}/change/", {"task": "os.system"})
    assert Job.objects.get().task == "effects.note"


def test_the_list_needs_the_same_queries_for_many(as_staff, django_assert_max_num_queries):
    for number in range(30):
        write("note", number)
    with django_assert_max_num_queries(8):
        as_staff.get("/admin/jobs/job/")
