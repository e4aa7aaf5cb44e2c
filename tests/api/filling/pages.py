"""Lists that page by `max_id`, `min_id` and `since_id`."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

from django.utils import timezone

from accounts.models import User
from conversations.actions import file_message
from notifications.actions import notify, set_policy
from notifications.models import Notification, NotificationPolicy
from relationships.actions import (
    block_domain,
    block_user,
    endorse,
    follow_user,
    mute_user,
)
from tests.factories import make_image, make_page, make_quote, make_tweet, make_user
from timelines.actions import add_to_list, create_list, follow_tag, keep_home
from tweets.actions import (
    bookmark_tweet,
    like_tweet,
    retweet,
    schedule_tweets,
    take_up_link,
)
from tweets.draft import DraftImage, PollDraft, TweetDraft
from tweets.models import Tweet

Fill = Callable[[User, User, int], str]


def people(rows: int) -> list[User]:
    return [make_user() for _ in range(rows)]


def say(author: User, place: int, text: str = "#tea") -> Tweet:
    """One with a picture, then one with a poll, then one that quotes."""
    said = f"{text} {place} for @alice"
    if place % 3 == 0:
        return make_tweet(author, said, images=[make_image(author, "a cup")])
    if place % 3 == 1:
        return make_tweet(author, said, poll=PollDraft(("Milk", "Lemon"), seconds=3600))
    return make_quote(author, make_tweet(make_user(), visibility="quiet"), said)


def by_many(rows: int) -> list[Tweet]:
    """Each by somebody else."""
    return [say(make_user(), place) for place in range(rows)]


def home(alice: User, bob: User, rows: int) -> str:
    for place, person in enumerate(people(rows)):
        follow_user(alice, person)
        say(person, place)
    keep_home(alice)
    return "timelines/home"


def listed(alice: User, bob: User, rows: int) -> str:
    friends = create_list(alice, "Friends")
    for place, person in enumerate(people(rows)):
        follow_user(alice, person)
        add_to_list(alice, friends, person)
        say(person, place)
    return f"timelines/list/{friends.pk}"


def linked(alice: User, bob: User, rows: int) -> str:
    make_page("https://example.org/news", picture=(1200, 630))
    for place, person in enumerate(people(rows)):  # beside a picture, poll or quote there is no card
        take_up_link(make_tweet(person, f"{place} https://example.org/news").pk)
    return f"timelines/link?url={quote('https://example.org/news')}"


def in_public(path: str) -> Fill:
    def fill(alice: User, bob: User, rows: int) -> str:
        by_many(rows)
        return path

    return fill


def said_by_bob(alice: User, bob: User, rows: int) -> str:
    for place in range(rows):
        say(bob, place)
    return f"accounts/{bob.pk}/statuses"


def messages(path: str) -> Fill:
    def fill(alice: User, bob: User, rows: int) -> str:
        for person in people(rows):
            file_message(make_tweet(person, "@alice psst", visibility="direct"))
        return path

    return fill


def kept(keep: Callable[[User, Tweet], object], path: str) -> Fill:
    def fill(alice: User, bob: User, rows: int) -> str:
        for tweet in by_many(rows):
            keep(alice, tweet)
        return path

    return fill


def engaged(deed: Callable[[User, Tweet], object], part: str) -> Fill:
    def fill(alice: User, bob: User, rows: int) -> str:
        tweet = make_tweet(bob)
        for person in people(rows):
            deed(person, tweet)
        return f"statuses/{tweet.pk}/{part}"

    return fill


def each(deed: Callable[[User, User], object], path: str) -> Fill:
    """`deed(alice, person)` for each of some people."""

    def fill(alice: User, bob: User, rows: int) -> str:
        for person in people(rows):
            deed(alice, person)
        return path.format(alice=alice.pk, bob=bob.pk)

    return fill


def asking(alice: User, person: User) -> None:
    alice.is_locked = True
    alice.save()
    follow_user(person, alice)


def followed_by(alice: User, person: User) -> None:
    follow_user(person, alice)


def endorsed(alice: User, person: User) -> None:
    follow_user(alice, person)
    endorse(alice, person)


def members(alice: User, bob: User, rows: int) -> str:
    friends = create_list(alice, "Friends")
    for person in people(rows):
        follow_user(alice, person)
        add_to_list(alice, friends, person)
    return f"lists/{friends.pk}/accounts"


def named(deed: Callable[[User, str], object], name: str, path: str) -> Fill:
    """`deed(alice, name)` for each of some names."""

    def fill(alice: User, bob: User, rows: int) -> str:
        for place in range(rows):
            deed(alice, name.format(place))
        return path

    return fill


def liked(alice: User, person: User) -> None:
    notify(alice, Notification.Kind.LIKE, person, make_tweet(alice))


def liked_once(path: str) -> Fill:
    """One tweet, by many."""

    def fill(alice: User, bob: User, rows: int) -> str:
        tweet = make_tweet(alice)
        for person in people(rows):
            like_tweet(person, tweet)
            notify(alice, Notification.Kind.LIKE, person, tweet)
        return path.format(key=f"like-{tweet.pk}")

    return fill


def waiting(alice: User, bob: User, rows: int) -> str:
    wishes = dict.fromkeys(NotificationPolicy.WISHES, "accept") | {"for_not_following": "filter"}
    set_policy(alice, wishes)
    for person in people(rows):
        notify(alice, Notification.Kind.MENTION, person, make_tweet(person, "@alice"))
    return "notifications/requests"


def scheduled(alice: User, bob: User, rows: int) -> str:
    for place in range(rows):
        image = make_image(alice, "a cup")
        draft = TweetDraft(f"Later {place}", images=(DraftImage(image.pk),))
        schedule_tweets(alice, [draft], timezone.now() + timedelta(hours=rows + 4 - place))
    return "scheduled_statuses"


# Operation -> what fills its list.
PAGES: dict[str, Fill] = {
    "api/v1/timelines/home": home,
    "api/v1/timelines/public": in_public("timelines/public"),
    "api/v1/timelines/tag/<name>": in_public("timelines/tag/tea"),
    "api/v1/timelines/list/<list_id>": listed,
    "api/v1/timelines/link": linked,
    "api/v1/timelines/direct": messages("timelines/direct"),
    "api/v1/conversations": messages("conversations"),
    "api/v1/accounts/<account_id>/statuses": said_by_bob,
    "api/v1/bookmarks": kept(bookmark_tweet, "bookmarks"),
    "api/v1/favourites": kept(like_tweet, "favourites"),
    "api/v1/statuses/<status_id>/favourited_by": engaged(like_tweet, "favourited_by"),
    "api/v1/statuses/<status_id>/reblogged_by": engaged(retweet, "reblogged_by"),
    "api/v1/statuses/<status_id>/quotes": engaged(make_quote, "quotes"),
    "api/v1/accounts/<account_id>/followers": each(followed_by, "accounts/{alice}/followers"),
    "api/v1/accounts/<account_id>/following": each(follow_user, "accounts/{alice}/following"),
    "api/v1/accounts/<account_id>/endorsements": each(endorsed, "accounts/{alice}/endorsements"),
    "api/v1/endorsements": each(endorsed, "endorsements"),
    "api/v1/blocks": each(block_user, "blocks"),
    "api/v1/mutes": each(mute_user, "mutes"),
    "api/v1/follow_requests": each(asking, "follow_requests"),
    "api/v1/lists/<list_id>/accounts": members,
    "api/v1/followed_tags": named(follow_tag, "tea{}", "followed_tags"),
    "api/v1/domain_blocks": named(block_domain, "s{}.example", "domain_blocks"),
    "api/v1/scheduled_statuses": scheduled,
    "api/v1/notifications": each(liked, "notifications"),
    "api/v2/notifications": each(liked, "/api/v2/notifications"),
    "api/v2/notifications/<group_key>/accounts": liked_once("/api/v2/notifications/{key}/accounts"),
    "api/v1/notifications/requests": waiting,
}
