"""What staff do on their pages, and that no page asks more for thirty rows than for three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moderation.actions import appeal_measure, file_report, take_measure
from moderation.models import Measure, Report
from server.actions import add_rule
from server.queries import rules
from tests.factories import make_tweet, make_user
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_staff(staff, as_person) -> Client:
    return as_person(staff)


@pytest.fixture
def report(alice, bob) -> Report:
    return file_report(
        alice, bob, category="spam", tweet_ids=[make_tweet(bob, "Buy marmalade!").pk], comment="Every day."
    )


def test_a_report_is_read_taken_noted_and_closed(as_staff, staff, report, bob):
    page = as_staff.get("/moderation/reports/").content.decode()
    assert "Every day." in page
    assert "@bob" in page
    page = as_staff.get(report.path).content.decode()
    for words in ("Buy marmalade!", "Every day.", "@alice", "Take it"):
        assert words in page
    as_staff.post(f"{report.path}assign", {"to": staff.pk})
    as_staff.post(f"{report.path}note", {"text": "I look at it."})
    assert "I look at it." in as_staff.get(report.path).content.decode()
    assert "@bob" in as_staff.get("/moderation/reports/?which=mine").content.decode()
    as_staff.post(f"{report.path}close")
    assert "Nothing waits" in as_staff.get("/moderation/reports/").content.decode()
    as_staff.post(f"{report.path}open")
    report.refresh_from_db()
    assert report.is_open


def test_a_measure_is_taken_from_a_report(as_staff, report, bob):
    tweet = Tweet.objects.get(author=bob)
    for wrong in ({}, {"kind": "take_down"}, {"kind": "take_down", "reason": "Spam."}):
        refused = as_staff.post(f"{report.path}decide", wrong)
        assert refused.status_code == 422
    assert "Spam." in refused.content.decode()
    said = {"kind": "take_down", "reason": "Spam.", "tweets": [tweet.pk]}
    assert as_staff.post(f"{report.path}decide", said).status_code == 302
    report.refresh_from_db()
    tweet.refresh_from_db()
    assert not report.is_open
    assert tweet.hidden_at is not None
    assert "taken down since" in as_staff.get(report.path).content.decode()


def test_what_somebody_else_decided_meanwhile_is_not_decided_again(as_staff, report):
    warned = {"kind": "warn", "reason": "Please."}
    as_staff.post(f"{report.path}decide", warned)
    again = as_staff.post(f"{report.path}decide", {**warned, "reason": "I mean it."}, follow=True)
    assert again.redirect_chain == [(report.path, 302)]
    assert "Somebody closed this report meanwhile." in again.content.decode()
    assert [row.reason for row in Measure.objects.all()] == ["Please."]
    closed = as_staff.post(f"{report.path}close", follow=True).content.decode()
    assert "Somebody closed it already." in closed
    assert "Nothing was done" not in closed


def test_a_warning_that_is_sent_twice_is_one(as_staff, bob):
    warned = {"kind": "warn", "reason": "Please."}
    assert as_staff.post("/moderation/people/@bob/", warned).status_code == 302
    again = as_staff.post("/moderation/people/@bob/", warned)
    assert again.status_code == 422
    assert "They were warned in these words a moment ago." in again.content.decode()
    assert Measure.objects.count() == 1


def test_a_tweet_that_nobody_reported_is_taken_down_with_a_reason(as_person, bob):
    moderator = as_person(make_user("mona", role="moderator"))
    tweet, other = make_tweet(bob, "Buy marmalade!"), make_tweet(bob, "A second one")
    path = "/moderation/people/@bob/"
    assert "Take down" not in moderator.get(path).content.decode()
    page = moderator.get(f"{path}?tweet={tweet.pk}").content.decode()
    assert "Buy marmalade!" in page
    assert "Take down" in page
    said = {"kind": "take_down", "tweets": [tweet.pk]}
    refused = moderator.post(path, said)
    assert refused.status_code == 422
    assert "Buy marmalade!" in refused.content.decode()
    assert moderator.post(path, {**said, "reason": "Spam."}).status_code == 302
    assert [(row.kind, row.reason) for row in Measure.objects.all()] == [("take_down", "Spam.")]
    assert list(Tweet.objects.filter(hidden_at=None)) == [other]
    assert "is not here to be taken down" in moderator.get(f"{path}?tweet={tweet.pk}").content.decode()


def test_the_way_there_stands_in_the_menu_of_a_tweet_for_staff(as_staff, as_bob, alice):
    tweet = make_tweet(alice)
    way = f"/moderation/people/@alice/?tweet={tweet.pk}"
    assert way in as_staff.get(f"{tweet.path}/menu").content.decode()
    assert way not in as_bob.get(f"{tweet.path}/menu").content.decode()


def test_no_moderator_reads_here_what_is_not_for_them(as_staff, as_person, alice, bob):
    moderator = as_person(make_user("mona", role="moderator"))
    hers = make_tweet(alice, "By somebody else")
    private = make_tweet(bob, "For those who follow me", visibility="followers")
    for tweet in (hers, private):
        for odd in (tweet.pk, f"{tweet.pk}&tweet=x&tweet=0&tweet={2**70}"):
            page = moderator.get(f"/moderation/people/@bob/?tweet={odd}").content.decode()
            assert tweet.text not in page
            assert "is not here to be taken down" in page
        answer = moderator.post(
            "/moderation/people/@bob/", {"kind": "take_down", "reason": "x", "tweets": [tweet.pk]}
        )
        assert answer.status_code == 422
    both = {"kind": "take_down", "reason": "x", "tweets": [make_tweet(bob).pk, private.pk]}
    assert moderator.post("/moderation/people/@bob/", both).status_code == 302
    private.refresh_from_db()
    assert private.hidden_at is None
    Measure.objects.all().delete()
    assert private.text in as_staff.get(f"/moderation/people/@bob/?tweet={private.pk}").content.decode()
    assert not Measure.objects.exists()


def test_somebody_is_looked_up_suspended_and_restored(as_staff, bob):
    assert "nobody called so" in as_staff.get("/moderation/people/?name=nemo").content.decode()
    path = as_staff.get("/moderation/people/?name=@Bob")["Location"]
    as_staff.post(path, {"kind": "suspend", "reason": "Spam."})
    assert not User.objects.get(pk=bob.pk).is_active
    page = as_staff.get(path).content.decode()
    assert "Spam." in page
    assert "unless the suspension is lifted" in page
    as_staff.post(f"/moderation/measures/{Measure.objects.get().pk}/lift")
    assert User.objects.get(pk=bob.pk).is_active


def test_an_answer_to_an_appeal_that_is_too_long_stays_in_its_form(as_staff, bob):
    measure, other = (
        take_measure(make_user(role="admin"), bob, kind, "Please.") for kind in ("warn", "limit")
    )
    appeal_measure(bob, measure, "No.")
    appeal_measure(bob, other, "Nor this.")
    words = {f"m{measure.pk}-answer": "x" * 2001, "decision": "lift"}
    answer = as_staff.post(f"/moderation/appeals/{measure.pk}/decide", words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "at most 2000 characters" in page
    assert page.count("x" * 2001) == 1
    measure.refresh_from_db()
    assert measure.lifted_at is None


def test_an_appeal_is_decided(as_staff, bob):
    for decision, lifted in (("lift", True), ("stay", False)):
        measure = take_measure(make_user(role="moderator"), User.objects.get(pk=bob.pk), "freeze", "Spam.")
        appeal_measure(bob, measure, "It was <b>not</b> me.")
        assert "It was &lt;b&gt;not&lt;/b&gt; me." in as_staff.get("/moderation/appeals/").content.decode()
        words = {"decision": decision, f"m{measure.pk}-answer": "We looked."}
        unclear = as_staff.post(f"/moderation/appeals/{measure.pk}/decide", {**words, "decision": ""})
        assert unclear.status_code == 400
        assert "Go back and choose" in unclear.content.decode()
        as_staff.post(f"/moderation/appeals/{measure.pk}/decide", words)
        measure.refresh_from_db()
        assert (measure.lifted_at is not None, measure.answer) == (lifted, "We looked.")


def test_rules_are_written(as_staff):
    as_staff.post("/moderation/rules/", {"text": "Be kind.", "position": "1"})
    (rule,) = rules()
    as_staff.post(f"/moderation/rules/{rule.pk}/", {"text": "Be very kind.", "position": "1"})
    assert "Be very kind." in Client().get("/rules/").content.decode()
    assert as_staff.post("/moderation/rules/", {"text": "", "position": "1"}).status_code == 422
    as_staff.post(f"/moderation/rules/{rule.pk}/withdraw")
    assert "Be very kind." not in Client().get("/rules/").content.decode()
    as_staff.post(f"/moderation/rules/{rule.pk}/bring-back")
    assert rules() == [rule]


def test_roles_are_given(staff, proved, bob):
    as_staff = proved(staff)
    assert as_staff.post("/moderation/team/", {"name": "@bob", "role": "moderator"}).status_code == 302
    assert User.objects.get(pk=bob.pk).role == "moderator"
    for wrong in (
        {"name": "nemo", "role": "admin"},
        {"name": "stella", "role": ""},
        {"name": "bob", "role": "x"},
    ):
        assert as_staff.post("/moderation/team/", wrong).status_code == 422


def fill(staff: User, target: User, number: int) -> None:
    for _ in range(number):
        person = make_user()
        file_report(person, target, category="spam", tweet_ids=[make_tweet(target).pk])
        appeal_measure(person, take_measure(staff, person, "warn", "Please."), "No.")
        take_measure(staff, target, "warn", f"Please leave {person.handle} alone.")
        make_user(role="moderator")
        add_rule(staff, f"Be kind to {person.handle}.")


def test_queries_stay_the_same_however_much_there_is(as_staff, staff, bob, report, settings):
    settings.RULES_MAX = 100
    paths = [
        f"/moderation/{part}"
        for part in (
            "reports/",
            "reports/?which=closed",
            "people/@bob/",
            "appeals/",
            "rules/",
            "team/",
            "audit/",
        )
    ]
    paths += [report.path, "/rules/"]
    fill(staff, bob, 3)
    few = {path: _queries(as_staff, path) for path in paths}
    fill(staff, bob, 15)
    assert {path: _queries(as_staff, path) for path in paths} == few
    assert max(few.values()) <= 20


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
