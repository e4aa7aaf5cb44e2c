"""What staff change only after they have just shown who they are: an open browser is not enough."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.actions import give_role
from accounts.models import User
from audit.models import AuditEntry
from common.naming import site_name
from joining.queries import policy
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "another horse battery"


@pytest.fixture
def open_browser(staff, as_person):
    """Signed in long ago."""
    return as_person(staff)


@pytest.fixture
def sent(open_browser, alice):
    """Each dangerous change: where it is sent, what, and whether it has happened."""
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={"secret": "x"})
    form = open_browser.get("/moderation/joining/policy").context["form"]
    rules = {name: str(form[name].value()) for name in form.fields} | {"mode": "closed", "closed_words": ""}
    chosen = {"action": "end_second_steps", "_selected_action": [alice.pk]}
    return {
        "role": (
            "/moderation/team/",
            {"name": "alice", "role": "admin"},
            lambda: _again(alice).role == "admin",
        ),
        "name": ("/moderation/server/", {"site_name": "Quay"}, lambda: site_name() == "Quay"),
        "policy": ("/moderation/joining/policy", rules, lambda: policy().mode == "closed"),
        "second step": (
            reverse("admin:accounts_user_changelist"),
            chosen,
            lambda: not Authenticator.objects.filter(user=alice).exists(),
        ),
    }


@pytest.mark.parametrize("what", ["role", "name", "policy", "second step"])
def test_it_waits_for_a_proof_and_then_goes_on_with_what_was_sent(
    open_browser, sent, what, django_capture_on_commit_callbacks
):
    path, words, is_done = sent[what]
    asked = open_browser.post(path, words)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/settings/confirm/?next=")
    assert not is_done()
    assert not AuditEntry.objects.exists()

    assert open_browser.post(asked["Location"], {"password": "wrong"}).status_code in (200, 422)
    assert not is_done()
    with django_capture_on_commit_callbacks(execute=True):
        assert open_browser.post(asked["Location"], {"password": PASSWORD}).status_code == 302
    assert is_done()
    assert AuditEntry.objects.count() == 1


def test_undoing_it_waits_as_well(open_browser, staff, alice):
    give_role(staff, alice, "admin")
    give_role(staff, alice, "")
    path = f"/moderation/audit/{AuditEntry.objects.latest('id').pk}/undo"
    asked = open_browser.post(path)
    assert asked["Location"].startswith("/settings/confirm/?next=")
    assert _again(alice).role == ""
    assert open_browser.post(asked["Location"], {"password": PASSWORD}).status_code == 302
    assert _again(alice).role == "admin"


def test_a_password_for_somebody_else_is_typed_only_after_the_proof(open_browser, alice):
    """What was sent too early is not kept: it would stand readable among the sessions."""
    page = reverse("admin:auth_user_password_change", args=[alice.pk])
    typed = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    early = open_browser.post(page, typed)
    assert (early.status_code, early["Location"]) == (302, page)
    assert NEW not in str(dict(open_browser.session))
    asked = open_browser.get(page)
    assert asked["Location"].startswith("/settings/confirm/?next=")
    assert open_browser.post(asked["Location"], {"password": PASSWORD})["Location"] == page
    assert open_browser.get(page).status_code == 200
    assert not _again(alice).check_password(NEW)
    open_browser.post(page, typed)
    assert _again(alice).check_password(NEW)


def _again(person):
    return User.objects.get(pk=person.pk)
