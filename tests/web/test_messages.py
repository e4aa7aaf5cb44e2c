"""The inbox: conversations, requests, and the number on the badge."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import suspend_user
from conversations.actions import accept_request
from notifications.actions import notify
from notifications.models import Notification
from relationships.actions import follow_user
from tests.conversations.messages import part, write
from tests.factories import make_user
from tweets.actions import delete_tweet, hide_tweet, unhide_tweet
from tweets.models import Tweet
from tweets.queries.recount import wrong_people

pytestmark = pytest.mark.django_db
PAGE, REQUESTS = "/messages/", "/messages/requests/"
FRAGMENT = {"HX-Request": "true"}


def page_of(client, address=PAGE) -> str:
    return client.get(address).content.decode()


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main")]


def badges(page: str) -> list[str]:
    """The numbers beside the links to Messages."""
    links = re.findall(r'href="/messages/".*?</a>', page, re.DOTALL)
    return [number for link in links for number in re.findall(r'class="badge">(\d+\+?)<', link)]


def test_visitors_are_sent_to_log_in(client):
    for address in (PAGE, REQUESTS):
        assert client.get(address).headers["Location"] == f"/login/?next={address}"


def test_it_is_read_not_written(as_alice):
    assert as_alice.post(PAGE).status_code == as_alice.post(REQUESTS).status_code == 405


def test_an_empty_inbox_says_what_to_do(as_alice):
    page = page_of(as_alice)
    assert "No messages yet" in page
    assert 'href="/messages/new/"' in page
    assert "No requests" in page_of(as_alice, REQUESTS)


def test_it_lists_whom_one_talks_with_and_the_last_words(as_alice, alice, bob, carol):
    pair = write(alice, bob, text="see you at eight")
    group = write(alice, bob, carol, text="all of us")
    main = main_of(page_of(as_alice))
    assert main.index(f'href="/messages/{group.id}/"') < main.index(f'href="/messages/{pair.id}/"')
    assert "<bdi>Bob and carol</bdi>" in main
    assert "You: <bdi>see you at eight</bdi>" in main


def test_a_message_of_pictures_says_so(as_alice, alice, bob):
    write(alice, bob, text="", pictures=1)
    assert "A picture" in main_of(page_of(as_alice))


@pytest.mark.parametrize(
    ("number", "title"),
    [(1, "person a"), (3, "person a, person b and person c"), (5, "person a, person b and 3 others")],
)
def test_a_group_is_called_by_its_names(as_alice, alice, number, title):
    people = [make_user(f"p{letter}", display_name=f"person {letter}") for letter in "abcde"[:number]]
    write(alice, *people)
    assert f"<bdi>{title}</bdi>" in main_of(page_of(as_alice))


def test_strangers_wait_in_requests_and_raise_no_badge(as_alice, alice, bob):
    conversation = write(bob, alice, text="you do not know me")
    inbox = page_of(as_alice)
    assert "you do not know me" not in inbox
    assert "Requests (1)" in inbox
    assert badges(inbox) == []
    assert "you do not know me" in main_of(page_of(as_alice, REQUESTS))
    accept_request(alice, conversation)
    assert "you do not know me" in page_of(as_alice)
    assert "Requests (" not in page_of(as_alice)
    assert set(badges(page_of(as_alice))) == {"1"}


def test_unread_is_marked_and_counted_in_rail_bar_and_drawer(as_alice, alice, bob, carol):
    follow_user(alice, bob)
    write(bob, alice)
    write(bob, alice, carol)
    notify(alice, Notification.Kind.FOLLOW, carol)
    page = page_of(as_alice)
    assert badges(page) == ["2", "2", "2"]
    assert main_of(page).count('class="line unread"') == 2
    assert "<title>(3) Messages" in page


def test_the_badge_ends_at_a_hundred(as_alice, alice, bob):
    follow_user(alice, bob)
    conversation = write(bob, alice)
    copies = [part(alice, conversation)] * 100
    conversations = [type(conversation)(people_key=str(number)) for number in range(100)]
    type(conversation).objects.bulk_create(conversations)
    rows = [
        type(row)(conversation=there, person=alice, is_accepted=True, newest_id=row.newest_id)
        for row, there in zip(copies, conversations, strict=True)
    ]
    type(rows[0]).objects.bulk_create(rows)
    assert set(badges(page_of(as_alice, "/about/"))) == {"99+"}


def test_it_goes_on_by_cursor(as_alice, alice, settings):
    settings.CONVERSATIONS_PAGE_SIZE = 2
    expected = [write(alice, make_user()).id for _ in range(5)][::-1]
    seen, address = [], PAGE
    while address:
        answer = as_alice.get(address, headers=FRAGMENT)
        assert "<html" not in answer.content.decode()
        inbox = answer.context["inbox"]
        seen += [line.id for line in inbox.lines]
        address = inbox.next_url
    assert seen == expected
    assert f'href="{PAGE}?cursor=' in page_of(as_alice)


@pytest.mark.parametrize("cursor", ["x", "-5", "0", "9" * 19, "9" * 30])
def test_a_nonsense_cursor_is_no_error(as_alice, cursor):
    assert as_alice.get(f"{PAGE}?cursor={cursor}").status_code == 200


def test_the_suspended_vanish(as_alice, alice, bob, carol, staff, events_happen):
    write(bob, alice)
    write(alice, bob, text="my own words")
    write(carol, alice)
    with events_happen():
        suspend_user(staff, bob)
        suspend_user(staff, carol)
    main = main_of(page_of(as_alice))
    assert "Bob" not in main
    assert "Somebody who is gone" in main
    assert "my own words" in main
    assert "carol" not in page_of(as_alice, REQUESTS)


def test_a_message_that_went_this_moment_leaves_no_hole(as_alice, alice, bob):
    write(alice, bob)
    delete_tweet(alice, Tweet.objects.get())  # its reaction has not run yet
    assert "This message is gone" in page_of(as_alice)


def test_markup_in_names_and_words_is_text(as_alice, alice):
    write(alice, make_user("mallory", display_name="<script>alert(1)</script>"), text="<b>bold</b>")
    page = page_of(as_alice)
    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.mark.parametrize("number", [3, 30])
def test_it_takes_a_fixed_number_of_queries(as_alice, alice, bob, number, settings):
    """Reader, badges; the lines, their people and cards (2); how many requests."""
    settings.CONVERSATIONS_PAGE_SIZE = 50
    for _ in range(number):
        write(alice, make_user(), bob, pictures=1 if number < 10 else 0)
    write(alice, bob, pictures=1)
    page_of(as_alice)
    with CaptureQueriesContext(connection) as counted:
        answer = as_alice.get(PAGE)
    assert len(answer.context["inbox"].lines) == number + 1
    assert len(counted) == 7


def test_messages_stand_nowhere_else(as_alice, as_bob, alice, bob, events_happen):
    """Not at home, on no profile, tag or feed: neither for who wrote them nor for who reads them."""
    follow_user(bob, alice)
    with events_happen():
        first = write(alice, bob, text="marmalade #breakfast @bob", pictures=1)
        write(alice, bob, text="more marmalade", reply_to_id=Tweet.objects.get().id)
    assert "marmalade" in page_of(as_bob, f"/messages/{first.id}/")
    for client in (as_alice, as_bob):
        for address in (
            *("/", "/local/", "/@alice", "/@alice/replies", "/@alice/media", "/@alice.rss"),
            *("/tags/breakfast", "/notifications/", "/bookmarks/", "/about/"),
        ):
            assert "marmalade" not in page_of(client, address), address


def test_how_many_messages_somebody_writes_is_counted_nowhere(alice, bob, staff):
    for _ in range(2):
        write(alice, bob)
    first, second = Tweet.objects.all()
    hide_tweet(staff, first)
    unhide_tweet(staff, first)
    delete_tweet(alice, second)
    alice.refresh_from_db()
    assert (alice.tweets_count, alice.last_tweeted_at) == (0, None)
    assert list(wrong_people()) == []
