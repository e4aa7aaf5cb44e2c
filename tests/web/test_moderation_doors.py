"""The pages of staff: open to a role with the permission, and not there for anybody else."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import freeze_user, suspend_user
from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from audit.models import AuditEntry
from joining.models import JoinRequest
from moderation.actions import appeal_measure, file_report, keep_pictures, take_measure
from moderation.models import KeptPicture
from server.actions import add_rule, announce
from tests.factories import make_image, make_tweet, make_user
from tests.moderation.making import make_rule
from web.urls_moderation import urlpatterns

pytestmark = pytest.mark.django_db

NEEDS = {
    **dict.fromkeys(
        "moderation staff_reports staff_report report_picture assign_report note_report close_report"
        " open_report decide_report".split(),
        Permission.HANDLE_REPORTS,
    ),
    **dict.fromkeys(
        "automatic_rules automatic_rule held_tweets let_appear take_down_held decide_hit".split(),
        Permission.HANDLE_REPORTS,
    ),
    **dict.fromkeys(
        "add_automatic_rule edit_automatic_rule rehearse_rule start_automatic_rule"
        " stop_automatic_rule".split(),
        Permission.WRITE_AUTOMATIC_RULES,
    ),
    **dict.fromkeys("staff_people staff_person lift_measure".split(), Permission.TAKE_MEASURES),
    **dict.fromkeys("staff_appeals decide_appeal".split(), Permission.DECIDE_APPEALS),
    **dict.fromkeys("staff_rules edit_rule withdraw_rule bring_back_rule".split(), Permission.EDIT_RULES),
    **dict.fromkeys("staff_announcements edit_announcement end_announcement".split(), Permission.ANNOUNCE),
    **dict.fromkeys("staff_documents edit_document".split(), Permission.EDIT_DOCUMENTS),
    "staff_server": Permission.CHANGE_SERVER,
    **dict.fromkeys(
        "staff_joining decide_joining joining_policy staff_invites join_blocks".split(),
        Permission.DECIDE_JOINING,
    ),
    **dict.fromkeys("staff_statistics staff_statistics_days".split(), Permission.SEE_STATISTICS),
    **dict.fromkeys("staff_doctor count_housekeeping".split(), Permission.CALL_DOCTOR),
    "staff_team": Permission.GIVE_ROLES,
    **dict.fromkeys("staff_audit undo_deed".split(), Permission.READ_AUDIT),
}
OPEN = set(
    "rules settings_measures measure about_on terms terms_on privacy privacy_on announcements"
    " dismiss_announcement react unreact setup".split()
)


@pytest.fixture
def paths(alice, bob, staff) -> dict[str, str]:
    tweet = make_tweet(bob, images=[make_image(bob)])
    report = file_report(alice, bob, category="spam", tweet_ids=[tweet.pk])
    keep_pictures(report.pk)
    measure = take_measure(staff, bob, "warn", "Please.")
    appeal_measure(bob, measure, "No.")
    rule = add_rule(staff, "Be kind.")
    waits = JoinRequest.objects.create(user=make_user("wanda", confirmed=False), state="waiting")
    given = {
        "request_id": waits.pk,
        "report_id": report.pk,
        "picture_id": KeptPicture.objects.get().pk,
        "measure_id": measure.pk,
        "rule_id": rule.pk,
        "entry_id": AuditEntry.objects.order_by("id")[0].pk,
        "handle": "bob",
        "automatic_id": make_rule(staff).pk,
        "held_id": tweet.pk,
        "hit_id": 1,
        "announcement_id": announce(staff, "Hello.").pk,
        "kind": "terms",
    }
    return {
        pattern.name: reverse(pattern.name, kwargs={part: given[part] for part in pattern.pattern.converters})
        for pattern in urlpatterns
        if pattern.name in NEEDS
    }


def test_every_address_of_staff_is_in_the_table():
    assert {pattern.name for pattern in urlpatterns} == set(NEEDS) | OPEN


@pytest.mark.parametrize("role", list(Role))
def test_a_page_opens_for_whose_role_has_the_permission(paths, role, as_person):
    client = as_person(
        make_user("rolf", role="" if role == Role.OWNER else role.value, is_superuser=role == Role.OWNER)
    )
    for name, path in paths.items():
        status = client.get(path).status_code
        may = NEEDS[name] in PERMISSIONS[role]
        assert (status in (200, 302, 405)) == may, (name, status)
        assert may or status == 404, (name, status)


def test_nobody_else_changes_anything(paths, as_person, client):
    frozen, gone = make_user("fred", is_superuser=True), make_user("gina", is_superuser=True)
    browsers = [client, as_person(make_user("nora")), as_person(frozen), as_person(gone)]
    owner = make_user(is_superuser=True)
    freeze_user(owner, frozen)
    suspend_user(owner, gone)
    before = AuditEntry.objects.count()
    for name, path in paths.items():
        for browser in browsers:
            answer = browser.post(
                path, {"kind": "warn", "reason": "x", "text": "x", "name": "nora", "role": "owner"}
            )
            assert answer.status_code == 404, name
    assert AuditEntry.objects.count() == before
    assert User.objects.get(username="nora").staff_role == Role.MEMBER


@pytest.mark.parametrize("role", ["", "moderator", "admin"])
def test_the_way_there_is_shown_to_staff_alone(as_person, role):
    page = as_person(make_user(role=role)).get("/bookmarks/").content.decode()
    assert ("/moderation/reports/" in page) == bool(role)


def test_no_token_no_deed(paths, staff):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff)
    assert browser.post(paths["close_report"]).status_code == 403
