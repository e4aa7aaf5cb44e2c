"""Whom nobody tells: across a block, of muted people and threads, of what they heard, of words for others."""

from datetime import datetime
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from common.prepared import Prepared
from notifications.models import Notification
from relationships.models import Block, Follow, Mute
from tweets.models import Mention, ThreadMute, Tweet

FOLLOWERS = Tweet.Visibility.FOLLOWERS


def willing_to_hear(recipient_ids: list[int], kind: str, actor: User, tweet: Tweet | None) -> dict[int, int]:
    """Those of these people who may be told of it, with the number of their word filters. One query."""
    is_new = kind in Notification.OF_NEW_TWEETS
    few = tweet.visibility if is_new and tweet is not None and not tweet.is_open else ""
    found = (
        _asked(few).rows(
            ids=recipient_ids,
            moment=timezone.now(),
            actor_id=actor.pk,
            kind=None if is_new else str(kind),
            tweet_id=tweet.pk if tweet else None,
            conversation_id=tweet.conversation_id if tweet else None,
            author_id=tweet.author_id if tweet and few == FOLLOWERS else None,
        )
        if recipient_ids
        else []
    )
    return dict(found)


@cache
def _asked(few: str) -> Prepared:
    """For words of that visibility; nothing for what everybody may read."""

    def willing(
        ids: list[int],
        moment: datetime,
        actor_id: int,
        kind: str | None,
        tweet_id: int | None,
        conversation_id: int | None,
        author_id: int | None,
    ) -> QuerySet[User, tuple[int, ...]]:
        person = OuterRef("pk")
        blocks = Block.objects.filter(
            Q(blocker=person, blocked_id=actor_id) | Q(blocker_id=actor_id, blocked=person)
        )
        mutes = Mute.objects.in_force(moment).filter(
            muter=person, muted_id=actor_id, hides_notifications=True
        )
        heard = Notification.objects.filter(recipient=person, actor_id=actor_id, tweet=tweet_id)
        kinds = [kind] if kind else Notification.OF_NEW_TWEETS
        people = (
            User.objects.local()
            .active()
            .filter(~Exists(blocks), ~Exists(mutes), ~Exists(heard.filter(kind__in=kinds)), pk__in=ids)
        )
        if tweet_id is not None:
            muted_threads = ThreadMute.objects.filter(person=person, conversation_id=conversation_id or 0)
            people = people.filter(~Exists(muted_threads))
        if few:
            people = people.filter(_may_read(few, tweet_id, author_id))
        return people.values_list("pk", "filters_revision")

    return Prepared(willing)


def _may_read(few: str, tweet_id: int | None, author_id: int | None) -> Q:
    """Whoever is told of words for few must be among the few: a quote need not reach whom it quotes."""
    named = Q(Exists(Mention.objects.filter(tweet=tweet_id, person=OuterRef("pk"))))
    if few != FOLLOWERS:
        return named
    return named | Q(Exists(Follow.objects.filter(follower=OuterRef("pk"), followed_id=author_id)))
