"""What is kept apart from people, what they never hear, and who comes through all the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import suspend_user
from accounts.models import User
from common.errors import Invalid
from common.ids import new_id_at
from notifications.actions import accept_people, dismiss_request, mark_read, notify, set_policy
from notifications.models import Notification, NotificationPermission, NotificationPolicy
from notifications.queries import bundles_for, policy_of, requests_count, requests_for, unread
from relationships.actions import block_user, follow_user, mute_user, unfollow_user
from tests.factories import make_tweet, make_user
from tweets.actions import delete_tweet, like_tweet, post_tweet, unlike_tweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db
Kind = Notification.Kind
ACCEPT, FILTER, DROP = NotificationPolicy.Choice.values


def wish(owner, **wishes) -> NotificationPolicy:
    return set_policy(owner, dict.fromkeys(NotificationPolicy.WISHES, ACCEPT) | wishes)


def told(person) -> list[str]:
    return [one.kind for one in bundles_for(person, limit=50)]


def waiting(person) -> list[tuple[str, int]]:
    return [(one.person.username, one.number) for one in requests_for(person, limit=50)]


def make_old(username: str) -> User:
    return make_user(username, id=new_id_at(timezone.now() - timedelta(days=31)))


def test_without_wishes_everybody_is_heard(alice, bob, django_assert_num_queries):
    assert notify(alice, Kind.FOLLOW, bob)
    assert (told(alice), waiting(alice)) == (["follow"], [])
    assert [getattr(policy_of(alice), name) for name in NotificationPolicy.WISHES] == [*[ACCEPT] * 3, DROP]


@pytest.mark.parametrize(
    ("wishes", "follows", "is_new", "choice"),
    [
        ({"for_not_following": FILTER}, False, False, FILTER),
        ({"for_not_following": DROP}, True, True, DROP),
        ({"for_not_followers": FILTER}, False, False, FILTER),
        ({"for_not_followers": FILTER}, True, True, ACCEPT),
        ({"for_new_accounts": FILTER}, True, True, FILTER),
        ({"for_new_accounts": FILTER}, False, False, ACCEPT),
        ({"for_not_following": FILTER, "for_new_accounts": DROP}, False, True, DROP),
        ({"for_not_following": FILTER, "for_new_accounts": DROP}, False, False, FILTER),
        ({}, False, True, ACCEPT),
    ],
)
def test_the_strictest_wish_that_applies_counts(alice, wishes, follows, is_new, choice):
    stranger = make_user("dora") if is_new else make_old("dora")
    wish(alice, **wishes)
    if follows:
        follow_user(stranger, alice)
    notify(alice, Kind.LIKE, stranger, make_tweet(alice))
    found = {ACCEPT: (["like"], [], 1), FILTER: ([], [("dora", 1)], 0), DROP: ([], [], 0)}
    assert (told(alice), waiting(alice), unread(alice).count()) == found[choice]


@pytest.mark.parametrize(("choice", "found"), [(ACCEPT, 1), (FILTER, 0), (DROP, 0), ("", 0)])
def test_of_whom_staff_limited_nobody_hears_unless_they_wish_to(alice, choice, found):
    stranger = make_user("dora", is_limited=True)
    if choice:
        wish(alice, for_limited_accounts=choice)
    notify(alice, Kind.LIKE, stranger, make_tweet(alice))
    assert (len(told(alice)), len(waiting(alice))) == (found, int(choice == FILTER))
    accept_people(alice, [stranger.pk])
    notify(alice, Kind.LIKE, stranger, make_tweet(alice))
    assert len(told(alice)) == found + 1 + int(choice == FILTER)


def test_whom_one_follows_accepted_or_wrote_to_is_always_heard(alice, bob, carol, events_happen):
    dora, eve = make_user("dora"), make_user("eve")
    wish(alice, **dict.fromkeys(NotificationPolicy.WISHES, DROP))
    with events_happen():
        follow_user(alice, bob)
        accept_people(alice, [carol.id])
        tweet = make_tweet(alice, "good morning @dora")
    with events_happen():
        for person in (bob, carol, dora, eve):
            like_tweet(person, tweet)
    (bundle,) = bundles_for(alice, limit=9)
    assert {person.username for person in bundle.actors} == {"bob", "carol", "dora"}


@pytest.mark.parametrize("way", ["answer", "message", "name"])
def test_writing_to_somebody_lets_in_what_waited(alice, bob, events_happen, way):
    wish(alice, for_not_following=FILTER)
    with events_happen():
        tweet = make_tweet(bob, "hello @alice")
    assert waiting(alice) == [("bob", 1)]
    said = {
        "answer": TweetDraft("yes?", reply_to_id=tweet.id),
        "message": TweetDraft("yes? @bob", visibility="direct", recipients=(bob.id,)),
        "name": TweetDraft("I heard of @bob"),
    }
    with events_happen():
        post_tweet(alice, said[way])
    assert (told(alice), waiting(alice)) == (["mention"], [])


def test_following_lets_in_what_waited_and_counts_while_it_lasts(alice, bob, events_happen):
    wish(alice, for_not_following=FILTER)
    notify(alice, Kind.LIKE, bob, make_tweet(alice))
    with events_happen():
        follow_user(alice, bob)
    assert (told(alice), waiting(alice)) == (["like"], [])
    with events_happen():
        unfollow_user(alice, bob)
    notify(alice, Kind.LIKE, bob, make_tweet(alice))
    assert waiting(alice) == [("bob", 1)]


def test_a_bell_rings_whatever_the_policy(alice, bob, events_happen):
    wish(alice, **dict.fromkeys(NotificationPolicy.WISHES, DROP))
    with events_happen():
        follow_user(alice, bob, notifies=True)
        make_tweet(bob)
    assert told(alice) == ["tweet"]


def test_requests_stand_one_for_each_person_the_latest_first(alice, bob, carol, django_assert_num_queries):
    wish(alice, for_not_following=FILTER)
    for person in (bob, carol, bob):
        notify(alice, Kind.LIKE, person, make_tweet(alice))
    assert waiting(alice) == [("bob", 2), ("carol", 1)]
    assert requests_count(alice) == 2
    assert unread(alice).count() == 0
    assert len(bundles_for(alice, limit=9, waiting_of=bob)) == 2
    first = requests_for(alice, limit=1)
    assert [one.person for one in requests_for(alice, before=first[0].id, limit=9)] == [carol]
    with django_assert_num_queries(2):
        requests_for(alice, limit=9)


def test_accepting_moves_them_in_unread_and_twice_is_harmless(alice, bob, carol):
    wish(alice, for_not_following=FILTER)
    tweet = make_tweet(alice)
    notify(alice, Kind.LIKE, bob, tweet)
    notify(alice, Kind.LIKE, carol, tweet)
    mark_read(alice)
    assert accept_people(alice, [bob.id, alice.id]) == 1
    assert accept_people(alice, [bob.id]) == 0
    assert (told(alice), unread(alice).count(), waiting(alice)) == (["like"], 1, [("carol", 1)])
    notify(alice, Kind.FOLLOW, bob)
    assert told(alice) == ["follow", "like"]
    assert NotificationPermission.objects.count() == 1


def test_dismissing_removes_what_waited_and_nothing_else(alice, bob, carol):
    wish(alice, for_not_following=FILTER)
    for person in (bob, carol):
        notify(alice, Kind.LIKE, person, make_tweet(alice))
    notify(bob, Kind.FOLLOW, alice)
    assert dismiss_request(alice, bob) == 1
    assert dismiss_request(alice, bob) == 0
    assert waiting(alice) == [("carol", 1)]
    assert told(bob) == ["follow"]
    notify(alice, Kind.FOLLOW, bob)
    assert waiting(alice) == [("bob", 1), ("carol", 1)]


@pytest.mark.parametrize("end", ["unlike", "delete", "block", "mute", "suspend"])
def test_what_waits_goes_with_its_deed_and_its_author(alice, bob, staff, events_happen, end):
    wish(alice, for_not_following=FILTER)
    tweet = make_tweet(alice)
    with events_happen():
        like_tweet(bob, tweet)
    assert waiting(alice) == [("bob", 1)]
    ends = {
        "unlike": lambda: unlike_tweet(bob, tweet),
        "delete": lambda: delete_tweet(alice, tweet),
        "block": lambda: block_user(alice, bob),
        "mute": lambda: mute_user(alice, bob),
        "suspend": lambda: suspend_user(staff, bob),
    }
    with events_happen():
        ends[end]()
    assert waiting(alice) == []
    assert requests_count(alice) == 0


def test_a_block_takes_the_permission_away(alice, bob, events_happen):
    accept_people(alice, [bob.id])
    with events_happen():
        block_user(alice, bob)
    assert not NotificationPermission.objects.exists()


@pytest.mark.parametrize(
    "wishes",
    [{}, {"for_not_following": "filter"}, dict.fromkeys([*NotificationPolicy.WISHES, "for_cats"], "drop")],
)
def test_a_damaged_policy_is_refused(alice, wishes):
    with pytest.raises(Invalid):
        set_policy(alice, wishes)
    with pytest.raises(Invalid):
        set_policy(alice, dict.fromkeys(NotificationPolicy.WISHES, "burn"))
    assert not NotificationPolicy.objects.exists()


def test_a_policy_is_set_and_set_anew(alice):
    wish(alice, for_new_accounts=DROP)
    wish(alice, for_not_following=FILTER)
    policy = NotificationPolicy.objects.get()
    assert [getattr(policy, name) for name in NotificationPolicy.WISHES] == [FILTER, *[ACCEPT] * 3]


def test_a_quote_for_few_is_told_only_if_it_reaches_whom_it_quotes(alice, bob, carol, events_happen):
    tweet = make_tweet(alice)
    draft = TweetDraft("what do we think?", quote_of_id=tweet.id, visibility="followers")
    with events_happen():
        post_tweet(bob, draft)
    assert told(alice) == []
    follow_user(alice, carol)
    with events_happen():
        post_tweet(carol, draft)
    assert told(alice) == ["quote"]
