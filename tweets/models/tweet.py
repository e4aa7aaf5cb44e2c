"""One tweet, and the sets of tweets one may ask for."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from accounts.models import User
from common.ids import moment_of
from common.models import TimeOrdered


class TweetQuerySet(models.QuerySet["Tweet"]):
    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The one rule of who may read what; every page, feed and list begins here.

        Today all tweets are public, so the viewer makes no difference: gone are tweets that staff
        hid and those of suspended people.
        """
        return self.filter(hidden_at__isnull=True, author__state=User.State.ACTIVE)

    def by(self, author: User) -> Self:
        return self.filter(author=author)

    def tagged(self, name: str) -> Self:
        """With this hashtag, given without # and in lower case."""
        if "\0" in name:
            return self.none()  # PostgreSQL refuses the very question
        return self.filter(tweethashtag__hashtag__name=name)

    def for_cards(self) -> Self:
        """With the columns that a card shows, the author's too; the others stay in the database, which
        takes a third off the cost of reading.
        """
        return self.select_related("author").only(
            "text", "html", "edited_at", "author__username", "author__display_name", "author__avatar"
        )

    def newest_first(self) -> Self:
        return self.order_by("-id")


class Tweet(TimeOrdered):
    """What a person said. The text is read once, when written; `html` is finished and escaped."""

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tweets", db_index=False)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True, editable=False)
    entities = models.JSONField(default=list, editable=False)  # [kind, start, end, value] in order
    revision = models.PositiveIntegerField(default=1, editable=False)  # 1 as posted, +1 with each edit
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)  # by staff, from everyone
    uri = models.URLField(max_length=500, blank=True, editable=False)  # given by the origin, "" for our own

    objects = TweetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["author", "-id"], name="tweet_by_author")]

    def __str__(self) -> str:
        return f"{self.author_id}: {self.text[:60]}"

    @property
    def created_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def path(self) -> str:
        """The tweet's page; needs the author loaded."""
        return f"{self.author.path}/{self.id}"
