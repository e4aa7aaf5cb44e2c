"""The page of what others did."""

import pytest
from django.test import Client

from notifications.actions import notify
from notifications.models import Notification
from relationships.actions import follow_user, mute_user, unfollow_user
from tests.factories import make_image, make_quote, make_tweet, make_user
from tweets.actions import hide_tweet, like_tweet, post_tweet, retweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


def page_of(client, address="/notifications/"):
    return client.get(address).content.decode()


def test_it_is_for_oneself_alone(client, db):
    response = client.get("/notifications/")
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")
    assert client.post("/notifications/read").status_code == 302


def test_while_there_is_nothing_it_says_what_will_come(as_alice):
    page = page_of(as_alice)
    assert "Replies and likes will appear here" in page
    assert "Mark all read" not in page
    assert 'class="badge"' not in page


def test_likes_of_many_make_one_line(as_alice, alice, events_happen):
    tweet = make_tweet(alice, "Bring your own weather")
    with events_happen():
        for number in range(6):
            like_tweet(make_user(f"liker{number}", display_name=f"Liker {number}"), tweet)
    page = page_of(as_alice)
    assert page.count('class="notice ') == 1
    assert "Liker 5</bdi></a>, " in page
    assert "and 4 others liked your tweet" in page
    assert "Bring your own weather" in page


@pytest.mark.parametrize(
    ("number", "words"), [(1, "Liker 0</bdi></a> liked"), (2, " and "), (3, "and 1 other liked")]
)
def test_few_are_named(as_alice, alice, events_happen, number, words):
    tweet = make_tweet(alice)
    with events_happen():
        for one in range(number):
            like_tweet(make_user(f"liker{one}", display_name=f"Liker {one}"), tweet)
    assert words in page_of(as_alice)


def test_an_answer_is_shown_whole(as_alice, alice, bob, events_happen):
    tweet = make_tweet(alice)
    with events_happen():
        answer = post_tweet(bob, TweetDraft(text="I disagree politely", reply_to_id=tweet.id))
    page = page_of(as_alice)
    assert "I disagree politely" in page
    assert f'id="t{answer.id}"' in page
    assert 'class="unread"' in page


def test_a_request_is_answered_right_there(alice, bob, as_person, events_happen):
    alice.is_locked = True
    alice.save()
    with events_happen():
        follow_user(bob, alice)
    client = as_person(alice)
    page = page_of(client)
    assert "asks to follow you" in page
    assert 'formaction="/@bob/accept"' in page
    with events_happen():
        client.post("/@bob/accept")
    page = page_of(client)
    assert "asks to follow you" not in page
    assert "followed you" in page


def test_the_number_stands_in_the_frame_and_in_the_title(as_alice, alice, bob, carol, events_happen):
    tweet = make_tweet(alice)
    with events_happen():
        like_tweet(bob, tweet)
        like_tweet(carol, tweet)
    page = page_of(as_alice, "/")
    assert "<title>(2) Home" in page
    assert page.count('<span class="badge">2<span class="visually-hidden"> unread</span></span>') == 2


def test_the_number_ends_at_a_hundred(as_alice, alice):
    Notification.objects.bulk_create(
        Notification(recipient=alice, kind=Kind.FOLLOW, actor=make_user(), bundle="follow:1")
        for _ in range(3)
    )
    bob = make_user()
    Notification.objects.bulk_create(
        Notification(
            recipient=alice, kind=Kind.LIKE, actor=bob, tweet=make_tweet(bob), bundle=f"like:{number}"
        )
        for number in range(98)
    )
    assert "<title>(99+) " in page_of(as_alice)


def test_marking_read_takes_what_was_seen_and_leaves_what_came_since(alice, bob, carol, settings):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    tweet = make_tweet(alice)
    notify(alice, Kind.LIKE, bob, tweet)
    response = client.get("/notifications/")
    newest = response.context["page"].newest_id
    assert f'name="up_to" value="{newest}"' in response.content.decode()
    notify(alice, Kind.RETWEET, carol, tweet)
    token = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    for _ in range(2):
        assert client.post("/notifications/read", {"up_to": newest, **token})["Location"] == "/notifications/"
    assert [row.kind for row in Notification.objects.filter(recipient=alice).unread()] == [Kind.RETWEET]
    assert client.post("/notifications/read", {"up_to": newest}).status_code == 403


def test_marking_read_is_a_post_and_touches_nobody_else(as_alice, alice, bob):
    notify(bob, Kind.FOLLOW, alice)
    assert as_alice.get("/notifications/read").status_code == 405
    as_alice.post("/notifications/read")
    assert Notification.objects.unread().count() == 1


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        ("", {"like", "retweet", "reply", "follow"}),
        ("mentions", {"reply"}),
        ("likes", {"like"}),
        ("retweets", {"retweet"}),
        ("follows", {"follow"}),
        ("nonsense", {"like", "retweet", "reply", "follow"}),
    ],
)
def test_it_can_be_narrowed_to_a_kind(as_alice, alice, bob, events_happen, only, kinds):
    tweet = make_tweet(alice)
    with events_happen():
        like_tweet(bob, tweet)
        retweet(bob, tweet)
        follow_user(bob, alice)
        post_tweet(bob, TweetDraft(text="well", reply_to_id=tweet.id))
    page = as_alice.get(f"/notifications/?only={only}").context["page"]
    assert {notice.bundle.kind for notice in page.notices} == kinds


def test_nothing_of_this_kind_says_so(as_alice, alice, bob):
    notify(alice, Kind.FOLLOW, bob)
    assert "Nothing of this kind yet" in page_of(as_alice, "/notifications/?only=likes")


def test_older_ones_are_a_link_away(as_alice, alice, settings):
    settings.NOTIFICATIONS_PAGE_SIZE = 2
    for number in range(5):
        notify(alice, Kind.LIKE, make_user(f"liker{number}"), make_tweet(alice))
    seen, address = [], "/notifications/?only=likes"
    while address:
        response = as_alice.get(address, headers={"HX-Request": "true"})
        assert "<html" not in response.content.decode()
        page = response.context["page"]
        seen += [notice.bundle.actors[0].username for notice in page.notices]
        address = page.next_url
    assert seen == [f"liker{number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("cursor", ["x", "-5", "0", "9" * 19, "9" * 30])
def test_a_nonsense_cursor_is_no_error(as_alice, cursor):
    assert as_alice.get(f"/notifications/?cursor={cursor}").status_code == 200
    assert as_alice.post("/notifications/read", {"up_to": cursor}).status_code == 302


def test_the_muted_are_not_heard_while_they_are_muted(as_alice, alice, bob):
    notify(alice, Kind.FOLLOW, bob)
    mute_user(alice, bob)
    assert "followed you" not in page_of(as_alice)
    mute_user(alice, bob, hides_notifications=False)
    assert "followed you" in page_of(as_alice)


def test_markup_in_names_is_text(as_alice, alice):
    notify(alice, Kind.FOLLOW, make_user("mallory", display_name="<script>alert(1)</script>"))
    page = page_of(as_alice)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("number", [3, 30])
def test_it_takes_a_fixed_number_of_queries(
    as_alice, alice, number, events_happen, django_assert_num_queries, settings
):
    settings.NOTIFICATIONS_PAGE_SIZE = 50
    mine = make_tweet(alice, "mine", [make_image(alice)])
    with events_happen():
        for _ in range(number // 3):
            person = make_user()
            like_tweet(person, make_tweet(alice))
            follow_user(person, alice)
            post_tweet(person, TweetDraft(text="hello", reply_to_id=mine.id))
            post_tweet(person, TweetDraft(text="look @alice", quote_of_id=mine.id))
    page_of(as_alice)
    with django_assert_num_queries(7):
        response = as_alice.get("/notifications/")
    assert len(response.context["page"].notices) == 3 * (number // 3) + 1


def test_what_staff_hid_is_not_told(as_alice, alice, bob, staff, events_happen):
    with events_happen():
        tweet = make_tweet(bob, "marmalade for @alice")
    assert "marmalade" in page_of(as_alice)
    hide_tweet(staff, tweet)
    page = page_of(as_alice)
    assert "marmalade" not in page
    assert 'class="badge"' not in page


def test_the_badge_forgets_what_may_no_longer_be_read(as_alice, alice, bob, events_happen):
    with events_happen():
        follow_user(alice, bob)
        tweet = make_tweet(alice)
        make_quote(bob, tweet, "so true", visibility="followers")
    assert 'class="badge"' in page_of(as_alice)
    unfollow_user(alice, bob)
    page = page_of(as_alice)
    assert "so true" not in page
    assert 'class="badge"' not in page
    follow_user(alice, bob)
    assert 'class="badge"' in page_of(as_alice)
