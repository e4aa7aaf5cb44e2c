"""Every list pages alike: on by `max_id`, back by `min_id`, and `since_id` is the newest stretch; the header
leads to both neighbours.
"""

import re
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.utils import timezone

from api.described import Page, taken_by
from api.operations import endpoint_of
from api.routes import ROUTES
from conversations.actions import file_message
from notifications.actions import notify, set_policy
from notifications.models import Notification, NotificationPolicy
from relationships.actions import block_domain, block_user, endorse, follow_user, mute_user
from tests.factories import make_page, make_quote, make_tweet, make_user
from timelines.actions import add_to_list, create_list, follow_tag, keep_home
from tweets.actions import bookmark_tweet, like_tweet, retweet, schedule_tweets, take_up_link
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db
_ROWS, _PAGE = 5, 2
_LINK = re.compile(r'<([^>]+)>; rel="(\w+)"')


def _people():
    return [make_user() for _ in range(_ROWS)]


def _said(alice, bob, **how):
    return [make_tweet(bob, f"#tea {place}", **how) for place in range(_ROWS)]


def _home(alice, bob):
    follow_user(alice, bob)
    _said(alice, bob)
    keep_home(alice)
    return "timelines/home"


def _listed(alice, bob):
    follow_user(alice, bob)
    friends = create_list(alice, "Friends")
    add_to_list(alice, friends, bob)
    _said(alice, bob)
    return f"timelines/list/{friends.pk}"


def _linked(alice, bob):
    make_page("https://example.org/news")
    for place in range(_ROWS):
        take_up_link(make_tweet(bob, f"{place} https://example.org/news").pk)
    return f"timelines/link?url={quote('https://example.org/news')}"


def _messages(alice, bob):
    for person in _people():
        file_message(make_tweet(person, "@alice psst", visibility="direct"))


def _kept(keep, path):
    def fill(alice, bob):
        for tweet in _said(alice, bob):
            keep(alice, tweet)
        return path

    return fill


def _engaged(deed, part):
    def fill(alice, bob):
        tweet = make_tweet(bob)
        for person in _people():
            deed(person, tweet)
        return f"statuses/{tweet.pk}/{part}"

    return fill


def _each(deed, path):
    """`deed(alice, person)` for each of some people."""

    def fill(alice, bob):
        for person in _people():
            deed(alice, person)
        return path.format(alice=alice.pk, bob=bob.pk)

    return fill


def _asking(alice, person):
    alice.is_locked = True
    alice.save()
    follow_user(person, alice)


def _members(alice, bob):
    friends = create_list(alice, "Friends")
    for person in _people():
        follow_user(alice, person)
        add_to_list(alice, friends, person)
    return f"lists/{friends.pk}/accounts"


def _endorsed(alice, person):
    follow_user(alice, person)
    endorse(alice, person)


def _named(deed, names, path):
    def fill(alice, bob):
        for name in names:
            deed(alice, name)
        return path

    return fill


def _liked(alice, person):
    notify(alice, Notification.Kind.LIKE, person, make_tweet(alice))


def _liked_once(alice, bob):
    tweet = make_tweet(alice)
    for person in _people():
        like_tweet(person, tweet)
        notify(alice, Notification.Kind.LIKE, person, tweet)
    return f"/api/v2/notifications/like-{tweet.pk}/accounts"


def _waiting(alice, bob):
    wishes = dict.fromkeys(NotificationPolicy.WISHES, "accept") | {"for_not_following": "filter"}
    set_policy(alice, wishes)
    for person in _people():
        notify(alice, Notification.Kind.MENTION, person, make_tweet(person, "@alice"))
    return "notifications/requests"


def _scheduled(alice, bob):
    for place in range(_ROWS):
        schedule_tweets(alice, [TweetDraft(f"Later {place}")], timezone.now() + timedelta(hours=9 - place))
    return "scheduled_statuses"


def _then(fill, path):
    def filled(alice, bob):
        fill(alice, bob)
        return path.format(alice=alice.pk, bob=bob.pk)

    return filled


_NAMES = ["one", "two", "three", "four", "five"]
# Operation -> what fills its list with _ROWS rows that alice sees, and says where it is.
LISTS = {
    "api/v1/timelines/home": _home,
    "api/v1/timelines/public": _then(_said, "timelines/public"),
    "api/v1/timelines/tag/<name>": _then(_said, "timelines/tag/tea"),
    "api/v1/timelines/list/<list_id>": _listed,
    "api/v1/timelines/link": _linked,
    "api/v1/timelines/direct": _then(_messages, "timelines/direct"),
    "api/v1/conversations": _then(_messages, "conversations"),
    "api/v1/accounts/<account_id>/statuses": _then(_said, "accounts/{bob}/statuses"),
    "api/v1/bookmarks": _kept(bookmark_tweet, "bookmarks"),
    "api/v1/favourites": _kept(like_tweet, "favourites"),
    "api/v1/statuses/<status_id>/favourited_by": _engaged(like_tweet, "favourited_by"),
    "api/v1/statuses/<status_id>/reblogged_by": _engaged(retweet, "reblogged_by"),
    "api/v1/statuses/<status_id>/quotes": _engaged(make_quote, "quotes"),
    "api/v1/accounts/<account_id>/followers": _each(
        lambda alice, person: follow_user(person, alice), "accounts/{alice}/followers"
    ),
    "api/v1/accounts/<account_id>/following": _each(follow_user, "accounts/{alice}/following"),
    "api/v1/accounts/<account_id>/endorsements": _each(_endorsed, "accounts/{alice}/endorsements"),
    "api/v1/endorsements": _each(_endorsed, "endorsements"),
    "api/v1/blocks": _each(block_user, "blocks"),
    "api/v1/mutes": _each(mute_user, "mutes"),
    "api/v1/follow_requests": _each(_asking, "follow_requests"),
    "api/v1/lists/<list_id>/accounts": _members,
    "api/v1/followed_tags": _named(follow_tag, _NAMES, "followed_tags"),
    "api/v1/domain_blocks": _named(block_domain, [f"{one}.example" for one in _NAMES], "domain_blocks"),
    "api/v1/scheduled_statuses": _scheduled,
    "api/v1/notifications": _each(_liked, "notifications"),
    "api/v2/notifications": _each(_liked, "/api/v2/notifications"),
    "api/v2/notifications/<group_key>/accounts": _liked_once,
    "api/v1/notifications/requests": _waiting,
}
# What takes the same words and is no list of its own.
OTHERWISE = {
    "api/v2/search": "of each kind alone `offset` leads on",
    "api/v1/search": "the same",
}


def test_every_list_is_here():
    pages = {
        endpoint_of(line).address
        for line in ROUTES
        for operation in endpoint_of(line).operations.values()
        if Page in taken_by(operation.view)
    }
    assert pages == {*LISTS, *OTHERWISE}


@pytest.mark.parametrize("operation", LISTS)
def test_its_pages(alices, alice, bob, operation):
    path = LISTS[operation](alice, bob)
    address = path if path.startswith("/") else f"/api/v1/{path}"
    address += "&" if "?" in address else "?"

    def page(query):
        """What stands there, as text to compare, and the links beside it by their names."""
        answer = alices.get(query if query.startswith("/") else f"{address}{query}")
        assert answer.status_code == 200, answer.content
        found = answer.json()
        rows = found["notification_groups"] if isinstance(found, dict) else found
        links = {rel: url for url, rel in _LINK.findall(answer.headers.get("Link", ""))}
        assert all(url.startswith("http://localhost:8000/api/") for url in links.values())
        return [_name(row) for row in rows], {
            rel: url.removeprefix("http://localhost:8000") for rel, url in links.items()
        }

    everything, _ = page("limit=40")
    assert len(everything) == len(set(everything)) == _ROWS

    first, beside_first = page(f"limit={_PAGE}")
    second, beside_second = page(beside_first["next"])
    last, beside_last = page(beside_second["next"])
    assert [first, second, last] == [everything[:2], everything[2:4], everything[4:]]
    assert "next" not in beside_last
    assert page(beside_last["prev"])[0] == second
    assert page(beside_second["prev"])[0] == first
    assert page(beside_first["prev"]) == ([], {})

    lowest = parse_qs(urlsplit(beside_last["prev"]).query)["min_id"][0]
    assert page(f"limit={_PAGE}&since_id={lowest}")[0] == first
    assert page(f"limit={_PAGE}&min_id={lowest}")[0] == second
    assert page(f"limit=40&since_id={lowest}")[0] == everything[:-1]
    upper = parse_qs(urlsplit(beside_first["next"]).query)["max_id"][0]
    assert page(f"limit=40&max_id={upper}&since_id={lowest}")[0] == everything[2:4]
    assert len(page("limit=0")[0]) == (_ROWS if operation.endswith("<list_id>/accounts") else 1)


def _name(row):
    return row if isinstance(row, str) else row.get("id") or row.get("group_key") or row["name"]
