"""What staff see and do with people in the admin."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEntry
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:accounts_user_changelist")


@pytest.fixture
def desk(staff, as_person) -> Client:
    return as_person(staff)


def _queries(client: Client, url: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(20) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_people_are_found_by_name_and_address(desk, alice, bob):
    for wanted in ("ali", "ashdown", "alice@example.org"):
        page = desk.get(LIST, {"q": wanted}).content.decode()
        assert "@alice" in page
        assert "@bob" not in page


def test_the_list_costs_the_same_for_3_and_for_30(desk, django_assert_max_num_queries):
    for _ in range(3):
        make_user()
    few = _queries(desk, LIST, django_assert_max_num_queries)
    for _ in range(27):
        make_user()
    assert _queries(desk, LIST, django_assert_max_num_queries) == few


def test_measures_are_taken_under_moderation_alone(desk, alice):
    page = desk.get(LIST).content.decode()
    assert 'href="/moderation/people/@alice/"' in page
    assert 'value="suspend"' not in page
    own = reverse("admin:accounts_user_change", args=[alice.pk])
    assert 'href="/moderation/people/@alice/"' in desk.get(own).content.decode()
    assert desk.get("/moderation/people/@alice/").status_code == 200


@pytest.mark.parametrize("action", ["suspend", "restore", "delete_selected"])
def test_no_action_of_the_list_is_a_measure(action, desk, alice, bob):
    User.objects.filter(pk=bob.pk).update(state="suspended")
    sent = {"action": action, "_selected_action": [alice.pk, bob.pk], "post": "yes"}
    page = desk.post(LIST, sent, follow=True).content.decode()
    assert "No action selected." in page
    assert list(
        User.objects.filter(pk__in=[alice.pk, bob.pk]).order_by("pk").values_list("state", flat=True)
    ) == [
        "active",
        "suspended",
    ]
    assert not AuditEntry.objects.exists()


def test_address_name_state_and_role_cannot_be_edited_by_hand(desk, alice, bob):
    page = reverse("admin:accounts_user_change", args=[alice.pk])
    form = {
        "display_name": "Renamed",
        "email": bob.email,
        "username": "bob",
        "state": "suspended",
        "is_staff": "on",
        "is_superuser": "on",
        "role": "admin",
        "is_frozen": "on",
        "is_limited": "on",
        "is_sensitive": "on",
    }
    assert desk.post(page, form).status_code == 302
    alice.refresh_from_db()
    assert alice.display_name == "Renamed"
    assert (alice.staff_role, alice.is_frozen, alice.is_limited, alice.is_sensitive) == (
        "",
        False,
        False,
        False,
    )
    assert (alice.email, alice.username, alice.state) == ("alice@example.org", "alice", "active")
    told = {entry.deed: (entry.before, entry.after) for entry in AuditEntry.objects.all()}
    assert told == {"change_person": ({"display_name": "Alice Ashdown"}, {"display_name": "Renamed"})}


def test_staff_set_a_new_password_and_the_old_sessions_end(staff, proved, alice):
    desk = proved(staff)
    browser = Client()
    browser.post("/login/", {"login": "alice", "password": PASSWORD})
    page = reverse("admin:auth_user_password_change", args=[alice.pk])
    sent = {
        "password1": "another horse battery",
        "password2": "another horse battery",
        "usable_password": "true",
    }
    assert desk.post(page, sent).status_code == 302
    alice.refresh_from_db()
    assert alice.check_password("another horse battery")
    assert AuditEntry.objects.get().deed == "set_password"
    assert not UserSession.objects.filter(user=alice).exists()
    assert browser.get("/settings/account/").status_code == 302


def test_nobody_is_added_or_deleted_here(desk, alice):
    assert desk.get(reverse("admin:accounts_user_add")).status_code == 403
    assert desk.get(reverse("admin:accounts_user_delete", args=[alice.pk])).status_code == 403


def test_no_row_that_staff_decide_about_can_be_changed_here(desk, rf, staff):
    """Whoever adds a model to the admin says here that it is no way around moderation."""
    request = rf.get("/")
    request.user = staff
    writable = {
        model._meta.label
        for model, shown in site._registry.items()
        if shown.has_change_permission(request) or shown.has_delete_permission(request)
    }
    assert writable == {"accounts.User", "jobs.Job"}
    assert not any(shown.list_editable or shown.inlines for shown in site._registry.values())


def test_rows_that_prove_addresses_are_out_of_reach():
    shown = {model._meta.label for model in site._registry}
    assert not shown & {"account.EmailAddress", "account.EmailConfirmation", "usersessions.UserSession"}


def test_others_are_sent_to_the_login_of_the_site_or_refused(alice, as_alice):
    anonymous = Client().get(LIST)
    assert anonymous.status_code == 302
    assert anonymous.headers["Location"].startswith("/admin/login/")
    assert Client().get(anonymous.headers["Location"]).headers["Location"].startswith("/login/?next=")
    assert as_alice.get(reverse("admin:login")).status_code == 403


@pytest.mark.parametrize("name", ["password_change", "password_change_done"])
def test_staff_change_their_own_password_where_everyone_does(desk, name):
    answer = desk.get(reverse(f"admin:{name}"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/password/")
    weak = {"old_password": PASSWORD, "new_password1": "another horse 1", "new_password2": "another horse 1"}
    assert desk.post(reverse(f"admin:{name}"), weak).headers["Location"] == "/settings/password/"
