"""Who follows, asks, blocks and mutes whom, and what one notes about somebody."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User


def _never_oneself(one: str, other: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(**{one: F(other)}), name=name)


def written_languages(languages: Iterable[str]) -> str:
    """Codes of languages as a follow keeps them: between commas, so that SQL finds each; "" for all."""
    known = sorted(set(languages))
    return f",{','.join(known)}," if known else ""


class Follow(models.Model):
    """`follower` reads `followed`. The row's id is in the order of following, which lists page by."""

    follower = models.ForeignKey(User, on_delete=models.CASCADE, related_name="follows_given", db_index=False)
    followed = models.ForeignKey(User, on_delete=models.CASCADE, related_name="follows_got", db_index=False)
    shows_retweets = models.BooleanField(default=True)
    notifies = models.BooleanField(default=False)  # the bell: tell me about every new tweet
    languages = models.CharField(max_length=200, blank=True, db_default="")  # as `written_languages` has them
    is_endorsed = models.BooleanField(default=False, db_default=False)  # recommended to others, by apps
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="one_follow_for_each_pair"),
            _never_oneself("follower", "followed", "nobody_follows_themselves"),
        ]
        indexes = [
            models.Index(fields=["followed", "-id"], name="follow_by_followed"),
            models.Index(fields=["follower", "-id"], name="follow_by_follower"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.followed_id}"

    @property
    def languages_read(self) -> tuple[str, ...]:
        """Of which alone the follower reads this person; none are all."""
        return tuple(filter(None, self.languages.split(",")))


class FollowRequest(models.Model):
    """`follower` asks to follow the locked `followed`; the wishes are kept for when it is granted."""

    follower = models.ForeignKey(User, on_delete=models.CASCADE, related_name="requests_made", db_index=False)
    followed = models.ForeignKey(User, on_delete=models.CASCADE, related_name="requests_got", db_index=False)
    shows_retweets = models.BooleanField(default=True)
    notifies = models.BooleanField(default=False)
    languages = models.CharField(max_length=200, blank=True, db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="one_request_for_each_pair"),
            _never_oneself("follower", "followed", "nobody_asks_themselves"),
        ]
        indexes = [models.Index(fields=["followed", "-id"], name="request_by_followed")]

    def __str__(self) -> str:
        return f"{self.follower_id} asks {self.followed_id}"


class Block(models.Model):
    """`blocker` and `blocked` do not see each other anywhere."""

    blocker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks_given", db_index=False)
    blocked = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks_got")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_for_each_pair"),
            _never_oneself("blocker", "blocked", "nobody_blocks_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


class MuteQuerySet(models.QuerySet["Mute"]):
    def in_force(self, moment: datetime) -> Self:
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment))


class Mute(models.Model):
    """`muter` does not want to come across `muted`, who never learns of it."""

    muter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mutes_given", db_index=False)
    muted = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mutes_got")
    hides_notifications = models.BooleanField(default=True)
    until = models.DateTimeField(null=True, blank=True)  # null: for good
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MuteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["muter", "muted"], name="one_mute_for_each_pair"),
            _never_oneself("muter", "muted", "nobody_mutes_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.muter_id} mutes {self.muted_id}"


class PersonNote(models.Model):
    """What `author` wants to remember about `person`; nobody else ever sees it."""

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notes_written", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=2000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "person"], name="one_note_for_each_person")]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.person_id}"


class DeclinedSuggestion(models.Model):
    """`person` does not want `suggested` to be recommended any more."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    suggested = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "suggested"], name="declined_once_for_each_person")
        ]

    def __str__(self) -> str:
        return f"{self.suggested_id} for {self.person_id}"
