"""Every address of the site, by somebody who should change nothing: no token, no form, no right to write."""

import pytest
from django.test import Client

from accounts.actions import suspend_user
from accounts.models import User
from notifications.actions import notify
from notifications.models import Notification
from relationships.actions import FilterDraft, create_filter, follow_user
from tests.attacks.addresses import addresses_with
from tests.attacks.traces import traces
from tests.conversations.messages import write
from tests.factories import make_quote, make_reply, make_tweet
from tests.tweets.test_save_draft import draft_of, save
from tests.tweets.test_schedule import ahead
from timelines.actions import add_to_list, create_list
from tweets.actions import like_tweet, schedule_tweets

pytestmark = pytest.mark.django_db

# Who is logged in, what was thought out in advance, and what reading itself may write.
_NO_DEEDS = {"Session", "UserSession", "Clock", "HomeTimeline", "TimelineEntry", "Progress"}
_PROBES = ("healthz", "readyz")  # answer before anything else is asked
FIELDS = {
    "text": "hello @alice",
    "title": "a title",
    "name": "alice",
    "display_name": "Changed",
    "bio": "changed",
    "words": "changed",
    "contexts": "home",
    "action": "hide",
    "ends": "ever",
    "how_long": "ever",
    "category": "spam",
    "kind": "suspend",
    "reason": "because",
    "replies": "nobody",
    "recipients": "alice",
    "to": "alice",
    "key": "k" * 20,
    "up_to": str(2**62),
    "agree": "on",
    "confirm": "on",
    "password": "correct horse battery",
    "messages_from": "nobody",
    "for_not_following": "drop",
    "for_not_followers": "drop",
    "for_new_accounts": "drop",
    "for_limited_accounts": "drop",
    "visibility": "public",
    "repliers": "everyone",
    "quoters": "everyone",
}
OF_ONES_OWN = ("edit_tweet", "delete_tweet", "redraft_tweet", "pin", "unpin", "undo_posting")
FOR_VISITORS = ("register", "login", "password_reset")

# What somebody may do who has no confirmed address, or is frozen: go, take back, keep others off, tidy up.
_OWN_CONVERSATION, _MUTE, _BLOCK = {"Participation"}, {"Mute", "Job"}, {"Block", "Job"}
HARMLESS = {
    "read_notifications": {"Notification"},
    "delete_tweet": {"Job", "Notification", "User", "Tweet", "TweetDocument"},
    "discard_draft": {"SavedDraft"},
    "cancel_scheduled": {"SavedDraft", "ScheduledTweet"},
    "edit_list": {"Job", "PeopleList"},
    "delete_list": {"Job", "ListMember", "PeopleList"},
    "unfollow": {"User", "Follow", "Job"},
    **dict.fromkeys(("mute", "unmute"), _MUTE),
    **dict.fromkeys(("block", "unblock"), _BLOCK),
    "note": {"PersonNote"},
    **dict.fromkeys(("accept_conversation", "unread_conversation", "clear_conversation"), _OWN_CONVERSATION),
    "confirm_email_sent": {"Job"},  # the mail once more
    "delete_account": {"User", "Job"},
}


@pytest.fixture
def addresses(alice, bob, carol, events_happen) -> dict[str, str]:
    """Each address by its name, leading to something of Bob's or, where he would meet her, of Alice's."""
    with events_happen():
        tweet = make_tweet(alice, "hello #tea")
        mine = make_tweet(bob, "mine")
        like_tweet(bob, tweet)
        make_reply(bob, tweet)
        make_quote(alice, mine)
        follow_user(bob, alice)
        people_list = create_list(bob, "friends")
        add_to_list(bob, people_list, alice)
        a_filter = create_filter(bob, FilterDraft("", {"marmalade": True}, ("home",)))
        conversation = write(carol, bob)
        notify(bob, Notification.Kind.LIKE, carol, mine)
        draft = save(bob, "half a word")
        scheduled = schedule_tweets(bob, [draft_of("later")], ahead())
    given = {
        "handle": "alice",
        "tweet_id": tweet.id,
        "card_id": 1,
        "list_id": people_list.id,
        "filter_id": a_filter.id,
        "conversation_id": conversation.id,
        "draft_id": draft.id,
        "scheduled_id": scheduled.id,
        "name": "tea",
    }
    found = addresses_with(given)
    own = addresses_with({**given, "tweet_id": mine.id})
    return {**found, **{name: own[name] for name in OF_ONES_OWN}}


def test_no_form_is_taken_without_a_token(bob, addresses):
    browser, visitor = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    browser.force_login(bob)
    with traces(but=_NO_DEEDS) as found:
        for name, address in addresses.items():
            for who in (browser, visitor):
                for headers in ({}, {"HX-Request": "true"}, {"Origin": "https://evil.example"}):
                    refused = who.post(address, FIELDS, headers=headers).status_code
                    assert refused == (405 if name in _PROBES else 403), name
        assert found.anywhere() == set()
    assert browser.get("/settings/profile/").status_code == 200  # nor were they logged out


def test_a_link_changes_nothing(bob, as_bob, addresses):
    read = {"conversation": {"Participation"}}  # opening a conversation reads it
    with traces(but=_NO_DEEDS) as found:
        for name, address in addresses.items():
            for headers in ({}, {"HX-Request": "true"}):
                as_bob.get(address, FIELDS, headers=headers)
            assert found.since_last_time() <= read.get(name, set()), name
    assert as_bob.get("/settings/profile/").status_code == 200


def test_who_was_suspended_changes_nothing(as_bob, bob, staff, addresses):
    suspend_user(staff, bob)
    with traces(but=_NO_DEEDS) as found:
        for name, address in addresses.items():
            if name not in FOR_VISITORS:
                as_bob.post(address, FIELDS)
                assert found.since_last_time() == set(), name


@pytest.mark.parametrize("state", [{"email_confirmed_at": None}, {"is_frozen": True}], ids=["new", "frozen"])
def test_who_is_new_or_frozen_writes_nothing_that_others_see(as_bob, bob, addresses, state):
    User.objects.filter(pk=bob.pk).update(**state)
    with traces(but=_NO_DEEDS) as found:
        for name, address in addresses.items():
            as_bob.post(address, FIELDS)
            assert found.since_last_time() <= HARMLESS.get(name, set()), name
            as_bob.force_login(bob)  # some end the session, or move it
            found.since_last_time()
