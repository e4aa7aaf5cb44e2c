"""What somebody did that concerns somebody else, until it is read, undone or old."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from common.models import TimeOrdered
from relationships.models import Block, FollowRequest, Mute
from tweets.models import Tweet


class NotificationQuerySet(models.QuerySet["Notification"]):
    def shown_to(self, recipient: User, moment: datetime | None = None) -> Self:
        """What stands among the recipient's notifications at the moment, by default now; list and unread
        count begin here.
        """
        return self.concerning(recipient, moment).filter(waits=False)

    def waiting_for(self, recipient: User) -> Self:
        """What stands in the recipient's request box just now."""
        return self.concerning(recipient).filter(waits=True)

    def concerning(self, recipient: User, moment: datetime | None = None) -> Self:
        """What the recipient may come across, in the list or in the request box.

        Left out is whatever the suspended, the blocked and those muted with their notifications did,
        what concerns a tweet that may not or no longer be read, and requests to follow that were
        answered or taken back.
        """
        actor = OuterRef("actor_id")
        blocks = Block.objects.filter(
            Q(blocker=actor, blocked_id=recipient.pk) | Q(blocker_id=recipient.pk, blocked=actor)
        )
        mutes = Mute.objects.in_force(moment or timezone.now()).filter(
            muter_id=recipient.pk, muted=actor, hides_notifications=True
        )
        asks = FollowRequest.objects.filter(follower=actor, followed_id=recipient.pk)
        readable = Tweet.objects.visible_to(recipient).filter(pk=OuterRef("tweet_id"))
        return self.filter(
            ~Exists(blocks),
            ~Exists(mutes),
            ~Q(kind=Notification.Kind.REQUEST) | Exists(asks),
            Q(tweet__isnull=True) | Exists(readable),
            recipient_id=recipient.pk,
            actor__state=User.State.ACTIVE,
        )

    def but_messages(self) -> Self:
        """What pages list and count: messages stand in Messages."""
        return self.exclude(kind=Notification.Kind.DIRECT)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notification(TimeOrdered):
    """`actor` did something that concerns `recipient`. The id says when they were told.

    `tweet` is the tweet that was liked or spread; for mention, reply, quote and the bell it is the new
    one, for a poll that with the poll, whose author is the actor also for themselves; a follow and a
    request have none. Rows of one `bundle` are told together, in one line.
    """

    class Kind(models.TextChoices):
        MENTION = "mention"
        REPLY = "reply"
        LIKE = "like"
        RETWEET = "retweet"
        QUOTE = "quote"
        FOLLOW = "follow"
        REQUEST = "request"  # to follow
        TWEET = "tweet"  # of somebody whose bell is on
        POLL = "poll"  # that one asked or voted in has ended
        UNSENT = "unsent"  # one's own tweet that was scheduled, and could not be posted
        DIRECT = "direct"  # a message; pages tell of it in Messages
        LATE = "late"  # one's own tweet that was scheduled, and was posted late

    # Those that tell of a new tweet: of each tweet a person hears once, for the first of these reasons.
    OF_NEW_TWEETS = (Kind.REPLY, Kind.QUOTE, Kind.MENTION, Kind.TWEET)
    # By the recipient, who turned a bell on, voted, or takes part in the conversation.
    ASKED_FOR = (Kind.TWEET, Kind.POLL, Kind.DIRECT)
    # What somebody said to the recipient.
    SPOKEN = (Kind.MENTION, Kind.REPLY, Kind.QUOTE)

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    actor = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, null=True, related_name="+")
    bundle = models.CharField(max_length=40)
    read_at = models.DateTimeField(null=True)
    waits = models.BooleanField(default=False, db_default=False)  # in the request box

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "actor", "tweet"],
                condition=Q(tweet__isnull=False),
                name="told_once_about_a_tweet",
            ),
            models.UniqueConstraint(
                fields=["recipient", "kind", "actor"],
                condition=Q(tweet__isnull=True),
                name="told_once_about_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_by_recipient"),
            models.Index(fields=["recipient", "bundle", "-id"], name="notification_by_bundle"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=["recipient", "actor"], condition=Q(waits=True), name="notification_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.actor_id} for {self.recipient_id}"
