"""Who talks with whom in messages, and where each of them stands. The messages are direct tweets."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import F

from accounts.models import User
from common.models import TimeOrdered
from tweets.models import Tweet


class Conversation(TimeOrdered):
    """The same set of people is one conversation: `people_key` stands for the set, and is unique."""

    people_key = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @staticmethod
    def key_of(person_ids: Iterable[int]) -> str:
        """The key of a set of people, in whatever order they are named."""
        return sha256(" ".join(map(str, sorted(set(person_ids)))).encode()).hexdigest()


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def shown_to(self, person: User) -> Self:
        """The person's conversations that hold something for them; every page and count begins here."""
        return self.filter(person_id=person.pk, newest_id__gt=F("cleared_id"))

    def accepted(self) -> Self:
        return self.filter(is_accepted=True)

    def requests(self) -> Self:
        """Begun by strangers, and not accepted yet."""
        return self.filter(is_accepted=False)

    def unread(self) -> Self:
        return self.filter(newest_id__gt=F("read_id"))


class Participation(models.Model):
    """How one person takes part in a conversation. The three ids are ids of messages, 0 for none.

    `newest_id` is the newest that the person may read: what the inbox sorts by. Everything up to `read_id`
    was read; everything up to `cleared_id` is gone from this person's view.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participations", db_index=False
    )
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    is_accepted = models.BooleanField(default=False)  # until then it is a request
    has_written = models.BooleanField(default=False)  # who wrote here treats nobody here as a stranger
    newest_id = models.BigIntegerField(default=0, db_index=True)
    read_id = models.BigIntegerField(default=0)
    cleared_id = models.BigIntegerField(default=0)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "person"], name="one_participation_for_each_person"
            )
        ]
        indexes = [models.Index(fields=["person", "-newest_id"], name="participation_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}"

    @property
    def is_unread(self) -> bool:
        return self.newest_id > self.read_id


class Message(models.Model):
    """In which conversation a direct tweet stands; until it is delivered its author alone sees it there."""

    tweet = models.OneToOneField(Tweet, on_delete=models.CASCADE, primary_key=True, related_name="message")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )

    is_delivered = models.BooleanField(default=True, db_default=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "-tweet"], name="message_by_conversation")]

    def __str__(self) -> str:
        return f"{self.tweet_id} in {self.conversation_id}"
