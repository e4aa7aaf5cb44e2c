"""One tweet, and the sets of tweets one may ask for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from attachments.models import LinkCard
from common.ids import moment_of
from common.models import TimeOrdered
from relationships.models import Block, Follow, Mute

Viewer = int | OuterRef


class TweetQuerySet(models.QuerySet["Tweet"]):
    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The one rule of who may read what; every page, feed, search and count begins here.

        Gone for everyone are tweets that staff hid and those of suspended people; one that is held for
        review is there for its author alone. Of the others a visitor reads the public and quiet ones; a
        person also reads their own, those for followers of people they follow, and whatever names them;
        nothing crosses a block, in either direction.
        A retweet is only a pointer: whether the tweet behind it may be read is asked for that tweet.
        """
        if viewer.pk is None:
            return self._there().filter(visibility__in=Tweet.OPEN, held_at__isnull=True)
        return self._visible(viewer.pk, viewer.pk)

    def visible_to_each(self) -> Self:
        """The same inside a query of people: what the person of its row may read."""
        return self._visible(OuterRef("pk"), OuterRef(OuterRef("pk")))

    def _there(self) -> Self:
        return self.filter(hidden_at__isnull=True, author__state=User.State.ACTIVE)

    def _visible(self, viewer: Viewer, viewer_inside: Viewer) -> Self:
        """`viewer_inside` is the same person as a query within this one has to call them."""
        author = OuterRef("author_id")
        named = Mention.objects.filter(tweet=OuterRef("pk"), person_id=viewer_inside)
        follows = Follow.objects.filter(follower_id=viewer_inside, followed=author)
        blocks = Block.objects.filter(
            Q(blocker=author, blocked_id=viewer_inside) | Q(blocker_id=viewer_inside, blocked=author)
        )
        for_followers = Q(visibility=Tweet.Visibility.FOLLOWERS) & Exists(follows)
        mine = Q(author_id=viewer)
        may_read = Q(visibility__in=Tweet.OPEN) | mine | for_followers | Exists(named)
        is_out = mine | Q(held_at__isnull=True)
        return self._there().filter(is_out, may_read, mine | ~Exists(blocks))

    def open_to_all(self) -> Self:
        """What everybody may read, so that it may also leave the house: feeds, embedded tweets."""
        return self.filter(visibility__in=Tweet.OPEN)

    def on_public_timelines(self) -> Self:
        """What stands in Local and the like: public, said by itself, said first-hand."""
        return self.filter(visibility=Tweet.Visibility.PUBLIC, retweet_of__isnull=True, is_reply=False)

    def counted(self) -> Self:
        """What stands in counts that everybody sees, of people and of other tweets: neither hidden by staff
        nor held for review.
        """
        return self.filter(hidden_at__isnull=True, held_at__isnull=True)

    def but_messages(self) -> Self:
        """Without direct tweets, which stand in Messages and in no other list, not even for their author."""
        return self.exclude(visibility=Tweet.Visibility.DIRECT)

    def offered_to(self, viewer: User | AnonymousUser, now: datetime | None = None) -> Self:
        """For lists in which nobody asked for one person's words, as public timelines, tags, search and
        Explore: without those whom the viewer mutes just now, without what others quote of these, and
        without those whom staff limited, unless the viewer follows them.
        """
        if viewer.pk is None:
            return self.filter(author__is_limited=False)
        return self._offered(viewer.pk, viewer.pk, now)

    def offered_to_each(self) -> Self:
        """The same inside a query of people."""
        return self._offered(OuterRef("pk"), OuterRef(OuterRef("pk")), None)

    def _offered(self, viewer: Viewer, viewer_inside: Viewer, now: datetime | None) -> Self:
        author = OuterRef("author_id")
        mutes = Mute.objects.in_force(now or timezone.now()).filter(muter_id=viewer_inside)
        follows = Follow.objects.filter(follower_id=viewer_inside, followed=author)
        mine = Q(author_id=viewer)
        shows_others = Q(quote_of__isnull=False) & ~mine
        is_muted = Exists(mutes.filter(muted=author))
        quotes_muted = shows_others & Exists(mutes.filter(muted__tweets=OuterRef("quote_of_id")))
        is_offered = Q(author__is_limited=False) | mine | Exists(follows)
        return self.filter(is_offered).exclude(is_muted | quotes_muted)

    def in_languages(self, languages: Sequence[str]) -> Self:
        """In these languages, or in none that anybody named; no languages are all of them.

        For rows that another condition already keeps few; `ids_in_languages` is for all that is public.
        """
        return self.filter(language__in=["", *languages]) if languages else self

    def by(self, author: User) -> Self:
        return self.filter(author=author)

    def tagged(self, name: str) -> Self:
        """With this hashtag, given without # as `tweets.text.tag_key` folds it."""
        return self.filter(tweethashtag__hashtag__name=name)

    def newest_first(self) -> Self:
        return self.order_by("-id")


class Tweet(TimeOrdered):
    """What a person said. The text is read once, when written; `html` is finished and escaped.

    A retweet is a row too: it has no text and points at the tweet it spreads.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public"
        QUIET = "quiet"  # public, but not on public timelines
        FOLLOWERS = "followers"
        DIRECT = "direct"  # those it names, and nobody else

    class Repliers(models.TextChoices):
        """Who may reply, beside the author and those the tweet names."""

        EVERYONE = "everyone"
        FOLLOWERS = "followers"  # of the author
        FOLLOWED = "followed"  # by the author
        MENTIONED = "mentioned"

    class Quoters(models.TextChoices):
        EVERYONE = "everyone"
        FOLLOWERS = "followers"
        NOBODY = "nobody"

    OPEN = (Visibility.PUBLIC, Visibility.QUIET)

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tweets", db_index=False)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True, editable=False)
    entities = models.JSONField(default=list, editable=False)  # [kind, start, end, value] in order
    warning = models.TextField(blank=True, db_default="")  # what one is told before reading the rest
    is_sensitive = models.BooleanField(default=False, db_default=False)  # its pictures are covered
    language = models.CharField(max_length=10, blank=True, db_default="")  # BCP 47; "" where nobody said
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.PUBLIC, db_default=Visibility.PUBLIC
    )
    repliers = models.CharField(
        max_length=10, choices=Repliers, default=Repliers.EVERYONE, db_default=Repliers.EVERYONE
    )
    quoters = models.CharField(
        max_length=10, choices=Quoters, default=Quoters.EVERYONE, db_default=Quoters.EVERYONE
    )

    is_reply = models.BooleanField(
        default=False, db_default=False, editable=False
    )  # stays when the parent is deleted
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies", editable=False)
    reply_to_author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False, db_index=False
    )
    conversation_id = models.BigIntegerField(
        db_default=0, editable=False
    )  # the id of the first tweet of the thread
    retweet_of = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="retweets", editable=False, db_index=False
    )
    is_quote = models.BooleanField(
        default=False, db_default=False, editable=False
    )  # stays when the quoted tweet goes
    quote_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="quotes", editable=False)
    link_card = models.ForeignKey(
        LinkCard, models.SET_NULL, null=True, related_name="tweets", editable=False, db_index=False
    )  # of the first page it links to
    pinned_at = models.DateTimeField(null=True, editable=False)  # on the author's profile

    likes_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    retweets_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    replies_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    quotes_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    revision = models.PositiveIntegerField(default=1, editable=False)  # 1 as posted, +1 with each edit
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)  # by staff, from everyone
    held_at = models.DateTimeField(null=True, blank=True, editable=False)  # until staff looked at it
    uri = models.URLField(max_length=500, blank=True, editable=False)  # given by the origin, "" for our own

    objects = TweetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["retweet_of", "author"],
                condition=Q(retweet_of__isnull=False),
                name="one_retweet_by_each_person",
            ),
            models.CheckConstraint(
                condition=Q(retweet_of__isnull=True) | Q(text="", is_reply=False, is_quote=False),
                name="a_retweet_says_nothing_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-id"], name="tweet_by_author"),
            models.Index(fields=["conversation_id", "id"], name="tweet_by_conversation"),
            models.Index(
                F("id").desc(),
                condition=Q(visibility="public", retweet_of__isnull=True, is_reply=False),
                name="tweet_on_public_timelines",
            ),
            models.Index(
                F("language"),
                F("id").desc(),
                condition=Q(visibility="public", retweet_of__isnull=True, is_reply=False),
                name="tweet_in_language",
            ),
            models.Index(
                fields=["author", "-pinned_at"], condition=Q(pinned_at__isnull=False), name="tweet_pinned"
            ),
            models.Index(fields=["-id"], condition=Q(held_at__isnull=False), name="tweet_held"),
            models.Index(
                fields=["link_card", "-id"], condition=Q(link_card__isnull=False), name="tweet_by_link_card"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id}: {self.text[:60]}"

    @property
    def created_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def counts_for_author(self) -> bool:
        """Whether it is one of the tweets that the author's profile counts: own words, and no message, whose
        number is nobody's business.
        """
        return self.retweet_of_id is None and self.visibility != self.Visibility.DIRECT

    @property
    def stands_in_feed(self) -> bool:
        """Whether it is one of those that `on_public_timelines` finds."""
        is_first_hand = self.retweet_of_id is None and not self.is_reply
        return self.visibility == self.Visibility.PUBLIC and is_first_hand

    @property
    def is_counted(self) -> bool:
        """Whether it is one of those that `counted` finds."""
        return self.hidden_at is None and self.held_at is None

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it."""
        return self.visibility in self.OPEN

    @property
    def path(self) -> str:
        """The tweet's page; needs the author loaded."""
        return f"{self.author.path}/{self.id}"


class Mention(models.Model):
    """Who is named in a tweet. For a direct tweet these are its readers, fixed when it is posted."""

    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mentioned_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tweet", "person"], name="one_mention_for_each_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.tweet_id}"
