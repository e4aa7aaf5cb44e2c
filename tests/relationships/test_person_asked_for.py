"""person_asked_for: whom one finds by their whole name, also among those whom staff limited."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.actions import limit_user, suspend_user
from relationships.actions import block_user, follow_user
from relationships.queries import person_asked_for
from tests.api.calling import caller_for
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "http://localhost:8000/@bob"
WHOLE = ["@bob", " @BOB ", "@bob@localhost:8000", ADDRESS, f"{ADDRESS}/"]
OTHER = [
    "@bo",
    "@bob@elsewhere.example",
    f"{ADDRESS}/5",
    "@",
    "",
    "@bob and",
    "http://elsewhere.example/@bob",
]


@pytest.fixture(autouse=True)
def _here(settings) -> None:
    settings.SITE_URL, settings.SITE_HOST = "http://localhost:8000", "localhost:8000"


@pytest.mark.parametrize("typed", [*WHOLE, "bob"])
def test_by_handle_address_and_name(alice, bob, typed):
    assert person_asked_for(typed, alice) == bob
    assert person_asked_for(typed, AnonymousUser()) == bob


@pytest.mark.parametrize("typed", OTHER)
def test_nothing_less_and_nothing_more(alice, bob, typed):
    assert person_asked_for(typed, alice) is None


def test_whom_staff_limited_is_found_by_the_whole_handle_alone(alice, bob, carol, staff):
    follow_user(carol, bob)
    limit_user(staff, bob)
    for typed in WHOLE:
        assert person_asked_for(typed, alice) == bob, typed
        assert person_asked_for(typed, AnonymousUser()) == bob, typed
    assert person_asked_for("bob", alice) is None
    assert person_asked_for("bob", AnonymousUser()) is None
    assert person_asked_for("bob", carol) == bob


def test_nobody_who_is_gone_and_nobody_behind_a_block(alice, bob, carol, staff):
    block_user(bob, carol)
    block_user(alice, bob)
    for viewer in (alice, carol):
        assert person_asked_for("@bob", viewer) is None
        assert person_asked_for("bob", viewer) is None
    suspend_user(staff, bob)
    assert person_asked_for("@bob", AnonymousUser()) is None
    assert person_asked_for("@nobody", alice) is None


def test_only_they_themselves_find_who_never_confirmed(alice):
    una = make_user("una", confirmed=False)
    assert person_asked_for("@una", alice) is None
    assert person_asked_for("@una", una) == una


def test_two_queries_at_most(alice, bob, django_assert_max_num_queries):
    for typed in ("@bob", "bob"):
        with django_assert_max_num_queries(2):
            person_asked_for(typed, alice)


FOUND = [("@bob", True), (ADDRESS, True), ("bob", False), ("@bo", False)]


@pytest.mark.parametrize(("typed", "is_found"), FOUND)
def test_pages_and_apps_find_whom_staff_limited_alike(alice, bob, staff, as_person, typed, is_found):
    limit_user(staff, bob)
    page = as_person(alice).get("/search/", {"q": typed, "tab": "people"}).content.decode()
    assert ('href="/@bob"' in page) == is_found
    call, asked = caller_for(alice), urlencode({"q": typed})
    found = call.get(f"/api/v2/search?type=accounts&{asked}").json()["accounts"]
    assert [person["acct"] for person in found] == (["bob"] if is_found else [])
    found = call.get(f"/api/v1/accounts/search?{asked}").json()
    assert [person["acct"] for person in found] == (["bob"] if is_found else [])
