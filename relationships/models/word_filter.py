"""Words a person would rather not read."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User


class WordFilter(models.Model):
    """Tweets with one of its keywords are kept from `owner`, in these contexts, until it ends.

    `User.filters_revision` tells the owner's requests whether there are any, and whether they changed.
    """

    class Action(models.TextChoices):
        WARN = "warn"  # the tweet stands folded behind the filter's title
        BLUR = "blur"  # its pictures are covered
        HIDE = "hide"

    class Context(models.TextChoices):
        """The places of Mastodon's client API."""

        HOME = "home"  # and the lists one made oneself
        PUBLIC = "public"
        NOTIFICATIONS = "notifications"
        THREAD = "thread"
        ACCOUNT = "account"  # somebody's profile

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="word_filters")
    title = models.CharField(max_length=settings.FILTER_TITLE_MAX_LENGTH)
    action = models.CharField(max_length=4, choices=Action, default=Action.WARN)
    contexts = models.JSONField(default=list)  # of Context
    expires_at = models.DateTimeField(null=True, blank=True)  # null: for good
    holds_tweets = models.BooleanField(
        default=False, db_default=False
    )  # single ones, see tweets.FilteredTweet
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=["warn", "blur", "hide"]), name="filter_action_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="filter_title_present"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.title}"

    def has_ended(self, moment: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= moment


class FilterKeyword(models.Model):
    """A word or phrase as its owner typed it; `whole_word`: not within a longer word."""

    filter = models.ForeignKey(WordFilter, on_delete=models.CASCADE, related_name="keywords", db_index=False)
    phrase = models.CharField(max_length=settings.FILTER_PHRASE_MAX_LENGTH)
    whole_word = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filter", "phrase"], name="one_keyword_for_each_phrase"),
            models.CheckConstraint(condition=~Q(phrase=""), name="filter_phrase_present"),
        ]

    def __str__(self) -> str:
        return self.phrase
