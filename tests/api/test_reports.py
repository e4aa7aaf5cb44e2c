"""Reporting people and tweets by an app, and the rules one can name."""

import pytest

from moderation.models import Report
from server.actions import add_rule
from tests.api.shape import assert_is
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db
PATH = "/api/v1/reports"


def test_a_report_has_its_shape_and_reaches_staff(alices, alice, bob, staff):
    rule, tweet = add_rule(staff, "Be kind.", "To all."), make_tweet(bob, "rude")
    sent = {
        "account_id": str(bob.pk),
        "status_ids": [str(tweet.pk)],
        "comment": "Look.",
        "rule_ids": [str(rule.pk)],
        "forward": True,
    }
    answer = alices.post(PATH, sent)
    row = answer.json()
    assert answer.status_code == 200
    assert_is("Report", row)
    assert (row["category"], row["status_ids"], row["rule_ids"]) == (
        "violation",
        [str(tweet.pk)],
        [str(rule.pk)],
    )
    assert (row["target_account"]["acct"], row["action_taken"], row["forwarded"]) == ("bob", False, False)
    report = Report.objects.get()
    assert (report.reporter, report.target, report.comment) == (alice, bob, "Look.")


def test_a_second_one_is_added_to_the_first(alices, bob):
    first = alices.post(PATH, {"account_id": bob.pk, "category": "spam"}).json()
    second = alices.post(PATH, {"account_id": bob.pk, "comment": "Again."}).json()
    assert first["id"] == second["id"]
    assert second["comment"] == "Again."


def test_what_makes_no_sense_is_refused(alices, bob, alice):
    for sent, status in (
        ({}, 422),
        ({"account_id": "x"}, 422),
        ({"account_id": bob.pk, "category": "boring"}, 422),
        ({"account_id": bob.pk, "rule_ids": ["99"]}, 422),
        ({"account_id": bob.pk, "comment": "x" * 1001}, 422),
        ({"account_id": 1}, 404),
        ({"account_id": alice.pk}, 403),
        ({"account_id": make_user(confirmed=False).pk}, 404),
    ):
        assert alices.post(PATH, sent).status_code == status, sent
    assert not Report.objects.exists()


def test_what_the_reporter_may_not_see_is_no_part_of_it(alices, bob):
    unseen = make_tweet(bob, "among us", visibility="followers")
    row = alices.post(PATH, {"account_id": bob.pk, "status_ids": [unseen.pk]}).json()
    assert row["status_ids"] is None


def test_rules_are_told_to_everybody(nobodys, staff):
    rule = add_rule(staff, "Be kind.", "To all.")
    (row,) = nobodys.get("/api/v1/instance/rules").json()
    assert_is("Rule", row)
    assert row == {"id": str(rule.pk), "text": "Be kind.", "hint": "To all.", "translations": {}}
    for version in ("v1", "v2"):
        assert nobodys.get(f"/api/{version}/instance").json()["rules"] == [row]
