"""The page of the doctor: what was found last and how old that is, the worst first, and calling it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.ids import id_at
from jobs.engines.embedded import run_pending
from jobs.housekeeping import chores, do
from jobs.models import ChoreRun, Job
from server.checks import workers
from server.models import Checkup, Probe
from tests.factories import make_user

PAGE = "/moderation/doctor/"


def result(state: str, number: int = 0, mend: str = "") -> dict[str, object]:
    title = f"{state} {number}"
    return {
        "name": title,
        "title": title,
        "state": state,
        "found": "<b>So.</b>",
        "mend": mend,
        "seconds": 0.1,
    }


@pytest.fixture
def admin(db, as_person):
    return as_person(make_user("adam", role="admin"))


@pytest.mark.django_db
def test_before_anybody_called(admin):
    page = admin.get(PAGE)
    assert page.status_code == 200
    assert "Never examined" in page.content.decode()
    assert "Send a mail to adam@example.org" in page.content.decode()


@pytest.mark.django_db
def test_the_worst_stands_first(admin, staff):
    found = [
        result("good"),
        result("not applicable"),
        result("warning", mend="Look."),
        result("bad", mend="Mend it."),
    ]
    Checkup.objects.create(made_by=staff, results=found, seconds=2.4)
    page = admin.get(PAGE).content.decode()
    places = [page.index(f"<b>{state} 0</b>") for state in ("bad", "warning", "good", "not applicable")]
    assert places == sorted(places)
    assert "1 is bad, 1 needs a look" in page
    assert "Mend it." in page
    assert "just now" in page
    assert "&lt;b&gt;So.&lt;/b&gt;" in page
    assert "by @stella, in 2.4 s" in page.replace("\n", " ")


@pytest.mark.django_db
def test_how_old_it_is_and_that_all_is_well(admin):
    then = timezone.now() - timedelta(hours=3, seconds=5)
    Checkup.objects.create(id=id_at(then), results=[result("good")], seconds=1)
    page = admin.get(PAGE).content.decode()
    assert "All is well" in page
    assert "3\xa0hours ago" in page
    assert "by the command" in page


@pytest.mark.django_db
def test_as_many_questions_for_many_findings(admin):
    counts = []
    for number in (3, 30):
        Checkup.objects.create(results=[result("bad", n) for n in range(number)], seconds=1)
        admin.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            admin.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_called_from_the_page(as_person, monkeypatch, settings):
    monkeypatch.setattr(workers, "PATIENCE_SECONDS", 0.1)
    settings.EMAIL_HOST = "mail.example.org"
    browser = as_person(make_user("adam", role="admin"))
    answer = browser.post(
        PAGE, {"mail": "yes"}, REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="203.0.113.9", follow=True
    )
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Examined in" in answer.content.decode()
    checkup = Checkup.objects.get()
    assert checkup.made_by.username == "adam"
    found = {one["name"]: one for one in checkup.results}
    assert found["database"]["state"] == "good"
    assert found["workers"]["state"] == "bad"
    assert "SINGLE_PROCESS is on" in found["cache"]["found"], "Django's client says that it is one of several"
    assert [sent.to for sent in mail.outbox] == [["adam@example.org"]]
    assert "203.0.113.9" not in str(checkup.results)
    mail.outbox.clear()
    browser.post(PAGE)
    assert mail.outbox == []


@pytest.mark.django_db
def test_not_too_often(admin, settings, monkeypatch):
    monkeypatch.setattr("web.views.moderation.doctor.call_doctor", lambda *_, **__: Checkup(seconds=1))
    settings.RATES_DEEDS = {**settings.RATES_DEEDS, "doctor": "2/minute"}
    assert [admin.post(PAGE).status_code for _ in range(3)] == [302, 302, 429]


@pytest.mark.django_db
def test_housekeeping_is_counted_by_a_worker(admin):
    chore = chores()[0]
    assert "Not yet" in admin.get(PAGE).content.decode()
    make_old(Probe)
    answer = admin.post(f"{PAGE}housekeeping")
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}#housekeeping")
    page = admin.get(PAGE).content.decode()
    assert "A worker is counting" in page
    assert "Count what would go now" not in page
    admin.post(f"{PAGE}housekeeping")
    assert Job.objects.count() == len(chores()), "a second press asks nothing anew"
    run_pending()
    page = admin.get(PAGE).content.decode()
    assert "Count what would go now" in page
    assert Probe.objects.count() == 1
    do("probes")
    ChoreRun.objects.filter(name=chore.name).update(done_at=timezone.now(), went=1234)
    page = admin.get(PAGE).content.decode()
    assert chore.what in page
    assert "1,234" in page
    assert "(before)" in page


def make_old(model) -> None:
    model.objects.create(word="x", made_at=timezone.now() - timedelta(hours=2))


@pytest.mark.django_db
def test_housekeeping_is_counted_for_who_may(as_alice):
    assert as_alice.post(f"{PAGE}housekeeping").status_code == 404
    assert not Job.objects.exists()
