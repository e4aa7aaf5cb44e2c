"""Whom a person follows, and who follows them."""

import pytest

from accounts.actions import update_privacy
from relationships.actions import block_user, follow_user
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def names(page):
    return [row.person.username for row in page.context["page"].rows]


def test_both_lists_show_the_latest_first(client, alice, bob, carol):
    follow_user(alice, bob)
    follow_user(alice, carol)
    assert names(client.get("/@alice/following")) == ["carol", "bob"]
    assert names(client.get("/@bob/followers")) == ["alice"]
    assert "Nobody yet" in client.get("/@bob/following").content.decode()
    assert "No followers yet" in client.get("/@alice/followers").content.decode()
    profile = client.get("/@alice").content.decode()
    assert '<a href="/@alice/following"><b>2</b> Following</a>' in profile


def test_each_person_has_the_right_button(as_alice, alice, bob, carol):
    follow_user(alice, bob)
    follow_user(carol, bob)
    follow_user(carol, alice)
    rows = as_alice.get("/@bob/followers").context["page"].rows
    assert [(row.person.username, row.button) for row in rows] == [("carol", "back"), ("alice", "")]
    assert "Follows you" in as_alice.get("/@bob/followers").content.decode()
    assert 'aria-pressed="true"' in as_alice.get("/@alice/following").content.decode()


def test_pages_go_on_by_cursor(client, alice):
    people = [make_user() for _ in range(45)]
    for person in people:
        follow_user(person, alice)
    seen, address = [], "/@alice/followers"
    while address:
        page = client.get(address, headers=HTMX)
        assert "<html" not in page.content.decode()
        seen += names(page)
        address = page.context["page"].next_url
    assert seen == [person.username for person in reversed(people)]
    second = client.get(client.get("/@alice/followers").context["page"].next_url)
    assert "Back to the latest" in second.content.decode()
    assert client.get("/@alice/followers?cursor=nonsense").status_code == 200


def test_a_hidden_network_is_seen_by_its_owner_alone(client, as_alice, as_bob, alice, bob):
    follow_user(bob, alice)
    update_privacy(
        alice,
        is_locked=False,
        is_findable=True,
        hides_network=True,
        hides_counts=False,
        messages_from="everyone",
    )
    for other in (client, as_bob):
        for part in ("following", "followers"):
            page = other.get(f"/@alice/{part}")
            assert "This list is hidden" in page.content.decode()
            assert names(page) == []
            assert "@bob" not in other.get(f"/@alice/{part}", headers=HTMX).content.decode()
    page = as_alice.get("/@alice/followers")
    assert names(page) == ["bob"]
    assert "Only you see this list." in page.content.decode()


def test_nobody_meets_whom_they_block_or_are_blocked_by(as_bob, client, alice, bob, carol):
    dora = make_user("dora")
    for person in (carol, dora):
        follow_user(person, alice)
        follow_user(alice, person)
    block_user(bob, carol)
    block_user(dora, bob)
    for part in ("following", "followers"):
        assert names(as_bob.get(f"/@alice/{part}")) == []
        assert names(client.get(f"/@alice/{part}")) == ["dora", "carol"]


def test_a_name_in_another_case_leads_to_the_right_address(client, alice):
    assert client.get("/@ALICE/followers").headers["Location"] == "/@alice/followers"
    assert client.get("/@nobody/followers").status_code == 404


@pytest.mark.parametrize("number", [3, 30])
def test_it_takes_a_fixed_number_of_queries(as_bob, client, alice, number, django_assert_num_queries):
    for _ in range(number):
        follow_user(make_user(), alice)
    as_bob.get("/@alice/followers")
    with django_assert_num_queries(9):
        as_bob.get("/@alice/followers")
    with django_assert_num_queries(2):
        client.get("/@alice/followers")
