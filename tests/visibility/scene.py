"""Alice writes, rita spreads and answers, and everybody stands to alice as they are called."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.utils import timezone

from accounts.actions import suspend_user
from accounts.models import User
from analytics.models import TweetTrend
from conversations.actions import file_message
from notifications.models import Notification
from relationships.actions import block_user, follow_user, mute_user, unfollow_user
from relationships.models import Follow
from search.actions import index_tweets
from tests.factories import make_image, make_page, make_reply, make_tweet, make_user
from tests.visibility.routes import ALL, SEES
from timelines.actions import add_to_list, create_list
from timelines.models import HomeTimeline, TimelineEntry
from tweets.actions import edit_tweet
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Bookmark, Like, Tweet

NAMED = ("mentioned", "unmentioned", "blocked", "blocker")
Place = tuple[str, str]  # where it stands and for whom it is, as ("reply", "quiet")


@dataclass(frozen=True)
class Scene:
    """`tweets` are alice's. `others` are pages of rita's, by the name LISTS calls them."""

    people: dict[str, User]
    clients: dict[str, Client]
    tweets: dict[Place, Tweet]
    others: dict[str, list[str]]
    lists: dict[str, str]  # whose -> its path

    def addresses(self, address: str, reader: str) -> list[str]:
        known = self.others.get(address.strip("{}"))
        if address == "{list}":
            return [self.lists.get(reader, "/lists/1/")]
        return known or [address.replace("{reader}", self.people[reader].username)]

    def words_on(self, page: str) -> set[Place]:
        return {place for place in self.tweets if word(place) in page}


@contextmanager
def staged(django_db_blocker: Any, media: Path) -> Iterator[Scene]:
    """Built once for a module: each test undoes what it does, and this undoes the scene."""
    long_pages = override_settings(
        FEED_PAGE_SIZE=100, NOTIFICATIONS_PAGE_SIZE=100, LIVE_MOST_NEW=100, MEDIA_ROOT=media
    )
    with django_db_blocker.unblock(), long_pages, transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def word(place: Place) -> str:
    """What only this tweet says."""
    return f"marmalade{place[0]}{place[1]}"


def build() -> Scene:
    people = {name: make_user("alice" if name == "author" else name) for name in SEES}
    readers = [person for name, person in people.items() if name != "visitor"]
    alice, rita = people["author"], make_user("rita")
    for reader in readers:
        follow_user(reader, rita)
    for name in ("follower", "exfollower", "blocked", "blocker", "muter"):
        follow_user(people[name], alice)
    root = make_tweet(rita, "good morning")
    tweets = _tweets(alice, root)
    _keep_hold(readers, alice, tweets)
    news = f"/live/news?place=tweet:{root.id}&since=1"
    others = {
        "root": [root.path],
        "news": [news],
        "conversation": _file(tweets),
        "link": [_linked(tweets, root)],
        **_made_of_them(rita, tweets),
    }
    index_tweets(tweet.pk for tweet in tweets.values())
    lists = {name: _listed(person, alice) for name, person in people.items() if name != "visitor"}
    clients = {name: Client() for name in people}
    for name in people.keys() - {"visitor"}:
        clients[name].force_login(people[name])
    _lose_access(people, alice)
    return Scene(people, clients, tweets, others, lists)


def _tweets(alice: User, root: Tweet) -> dict[Place, Tweet]:
    """Alone with picture and former version, pinned, and answering; each for every audience."""
    names = " ".join(f"@{name}" for name in NAMED)
    tweets: dict[Place, Tweet] = {}
    for audience in sorted(ALL):
        place = ("plain", audience)
        image = make_image(alice)
        tweet = make_tweet(alice, f"{word(place)} {names}", images=[image], visibility=audience)
        said = f"{word(place)} #breakfast {names.replace('@unmentioned', '')}"
        tweets[place] = edit_tweet(alice, tweet, TweetDraft(said, images=(DraftImage(image.id),)))
        for place in (("pinned", audience), ("reply", audience)):
            said = f"{word(place)} {names}"
            make = make_tweet if place[0] == "pinned" else lambda *a, **k: make_reply(a[0], root, *a[1:], **k)
            tweet = make(alice, said, visibility=audience)
            tweets[place] = edit_tweet(alice, tweet, TweetDraft(said.replace("@unmentioned", "")))
    pinned = [tweet.pk for place, tweet in tweets.items() if place[0] == "pinned"]
    Tweet.objects.filter(pk__in=pinned).update(pinned_at=timezone.now())
    return tweets


def _keep_hold(readers: list[User], alice: User, tweets: dict[Place, Tweet]) -> None:
    """Everybody liked, kept, was told of and has at home all of them, also what they never could see."""
    pairs = list(product(readers, tweets.values()))
    Like.objects.bulk_create(Like(person=reader, tweet=tweet) for reader, tweet in pairs)
    Bookmark.objects.bulk_create(Bookmark(person=reader, tweet=tweet) for reader, tweet in pairs)
    Notification.objects.bulk_create(
        Notification(
            recipient=reader, kind=kind, actor=alice, tweet=tweet, bundle=f"{kind}:{tweet.pk}", waits=waits
        )
        for kind, waits in ((Notification.Kind.MENTION, False), (Notification.Kind.QUOTE, True))
        for reader, tweet in pairs
        if reader != alice
    )
    TweetTrend.objects.bulk_create(TweetTrend(tweet=tweet, score=1) for tweet in tweets.values())
    HomeTimeline.objects.bulk_create(HomeTimeline(pk=reader.pk, read_at=timezone.now()) for reader in readers)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(owner=reader, tweet=tweet, shown_id=tweet.pk) for reader, tweet in pairs
    )


def _listed(owner: User, person: User) -> str:
    """A list with that person on it, where that can be."""
    people_list = create_list(owner, "breakfast", replies="followed")
    if Follow.objects.filter(follower=owner, followed=person).exists():
        add_to_list(owner, people_list, person)
    return people_list.path


def _linked(tweets: dict[Place, Tweet], root: Tweet) -> str:
    """As if all answers linked to one page, and what they answer."""
    card = make_page("https://example.org/breakfast")
    answers = [tweet.pk for place, tweet in tweets.items() if place[0] == "reply"]
    Tweet.objects.filter(pk__in=[root.pk, *answers]).update(link_card=card)
    return f"/explore/links/{card.pk}/"


def _file(tweets: dict[Place, Tweet]) -> list[str]:
    """Put the direct ones where Messages finds them."""
    filed = {file_message(tweet).pk for (_, audience), tweet in tweets.items() if audience == "direct"}
    return [f"/messages/{an_id}/" for an_id in filed]


def _made_of_them(rita: User, tweets: dict[Place, Tweet]) -> dict[str, list[str]]:
    """Open retweets, quotes and answers, also of what could not be spread: the worst case."""
    above, quotes = [], []
    for place, tweet in tweets.items():
        if place[0] != "plain":
            continue
        for row in (
            retweet := Tweet(author=rita, retweet_of=tweet, visibility="quiet"),
            quote := Tweet(
                author=rita, quote_of=tweet, is_quote=True, text="so", html="so", visibility="quiet"
            ),
            answer := Tweet(
                author=rita, reply_to=tweet, is_reply=True, reply_to_author=tweet.author, text="so", html="so"
            ),
        ):
            row.conversation_id = tweet.pk if row is answer else row.pk
        Tweet.objects.bulk_create([retweet, quote, answer])
        above.append(answer.path)
        quotes.append(quote.path)
    return {"above": above, "quote": quotes}


def _lose_access(people: dict[str, User], alice: User) -> None:
    """Whoever may see less than before, and what follows of it at once."""
    staff = make_user("stella", is_staff=True, is_superuser=True)
    with TestCase.captureOnCommitCallbacks(execute=True):
        mute_user(people["muter"], alice)
    unfollow_user(people["exfollower"], alice)
    block_user(alice, people["blocked"])
    block_user(people["blocker"], alice)
    User.objects.filter(pk=alice.pk).update(is_locked=True)
    alice.refresh_from_db()
    follow_user(people["asking"], alice)
    suspend_user(staff, people["suspended"])


def answer_to(client: Client, address: str, tweet_id: int, method: str = "get") -> tuple[int, str, str]:
    """Status, body and where it leads, without the number that was asked for."""
    answer = getattr(client, method)(address.format(id=tweet_id))
    leads_to = answer.get("Location", "").replace(str(tweet_id), "ID")
    return answer.status_code, told(answer, tweet_id), leads_to


def told(answer, tweet_id: int) -> str:
    """The page without the number asked for and without the tokens that differ every time."""
    text = re.sub(r'(csrfmiddlewaretoken" value=|name="key" value=)"[^"]*"', "", answer.content.decode())
    return text.replace(str(tweet_id), "ID")
