"""Tweets as the owner sees them: to be found and looked at, never rewritten. Taking them down is a
measure, which is taken under /moderation/ with a reason that is mailed and can be appealed.
"""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import User
from tweets.models import Tweet, TweetEdit, TweetImage
from tweets.text import plain_excerpt

_EXCERPT_LENGTH = 120  # characters
_PREVIEW_SIDE = 64  # pixels


class CappedPaginator(Paginator[Tweet]):
    """Counts no further than 10,000 rows: a million would be counted anew for every page."""

    LIMIT = 10_000

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Tweet] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: self.LIMIT].count()


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"
    _meanings = {
        "shown": Q(hidden_at__isnull=True),
        "hidden": Q(hidden_at__isnull=False),
        "edited": Q(edited_at__isnull=False),
        "suspended": ~Q(author__state=User.State.ACTIVE),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("shown", "Not hidden"),
            ("hidden", "Hidden by staff"),
            ("edited", "Edited"),
            ("suspended", "Author suspended"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Tweet]) -> QuerySet[Tweet]:
        meaning = self._meanings.get(self.value() or "")
        return queryset if meaning is None else queryset.filter(meaning)


class PicturesFilter(admin.SimpleListFilter):
    title = "pictures"
    parameter_name = "pictures"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "With pictures")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Tweet]) -> QuerySet[Tweet]:
        return queryset.filter(images__position=0) if self.value() == "yes" else queryset


@admin.register(Tweet)
class TweetAdmin(admin.ModelAdmin[Tweet]):
    list_display = ["excerpt", "preview", "written_by", "posted", "state", "decided"]
    list_filter = [StateFilter, PicturesFilter]
    list_per_page = 50
    search_fields = ["text", "author__username", "author__display_name"]
    search_help_text = "Words of the text, or the author's name"
    ordering = ["-id"]
    fields = (
        "written_by",
        "text",
        "pictures",
        "posted",
        "edited_at",
        "state",
        "hidden_at",
        "former",
        "on_the_site",
        "decided",
    )
    readonly_fields = fields
    paginator = CappedPaginator
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tweet]:
        pictures = TweetImage.objects.select_related("attachment").order_by("position")
        tweets = super().get_queryset(request).select_related("author")
        return tweets.prefetch_related(Prefetch("images", pictures))

    @admin.display(description="text")
    def excerpt(self, tweet: Tweet) -> str:
        return plain_excerpt(tweet.text, _EXCERPT_LENGTH) or "(pictures only)"

    @admin.display(description="pictures")
    def preview(self, tweet: Tweet) -> SafeString:
        """All pictures of the row, small."""
        return format_html_join(
            " ",
            '<img src="{}" alt="{}" title="{}" height="{}" loading="lazy">',
            (
                (image.thumb_url, image.description, image.description, _PREVIEW_SIDE)
                for image in (shown.attachment for shown in tweet.images.all())
            ),
        )

    @admin.display(description="pictures")
    def pictures(self, tweet: Tweet) -> SafeString:
        """The pictures on the tweet's own page of the admin, with what their author says they show."""
        return format_html_join(
            "",
            '<p><a href="{}"><img src="{}" alt="" height="240"></a><br>{}</p>',
            (
                (image.full_url, image.thumb_url, image.description or "No description.")
                for image in (shown.attachment for shown in tweet.images.all())
            ),
        )

    @admin.display(description="author", ordering="author__username")
    def written_by(self, tweet: Tweet) -> SafeString:
        """The author, leading to the list of their tweets."""
        every = reverse("admin:tweets_tweet_changelist")
        return format_html('<a href="{}?author={}">{}</a>', every, tweet.author_id, tweet.author.handle)

    @admin.display(description="posted", ordering="id")
    def posted(self, tweet: Tweet) -> str:
        return f"{tweet.created_at:%Y-%m-%d %H:%M} UTC"

    @admin.display(description="state")
    def state(self, tweet: Tweet) -> str:
        facts = [
            "hidden" if tweet.hidden_at else "held" if tweet.held_at else "",
            "edited" if tweet.edited_at else "",
            "" if tweet.author.is_active else f"author {tweet.author.state}",
        ]
        return ", ".join(filter(None, facts)) or "shown"

    @admin.display(description="on the site")
    def on_the_site(self, tweet: Tweet) -> str:
        if not tweet.is_counted or not tweet.author.is_active:
            return "Nobody can read it there now."
        return format_html('<a href="{0}">{0}</a>', tweet.path)

    @admin.display(description="former versions")
    def former(self, tweet: Tweet) -> str:
        """What it said before, oldest first; staff judge it here even when it is hidden."""
        edits = TweetEdit.objects.filter(tweet=tweet).order_by("revision")
        versions = ((f"{edit.written_at:%Y-%m-%d %H:%M}", edit.text or "(pictures only)") for edit in edits)
        return format_html_join("", "<p>{} UTC<br>{}</p>", versions) or "None."

    @admin.display(description="measures")
    def decided(self, tweet: Tweet) -> SafeString:
        """Where it is taken down or brought back, on the page of its author."""
        page = reverse("staff_person", args=[tweet.author.username])
        return format_html('<a href="{}?tweet={}">Moderation</a>', page, tweet.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Tweet | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Tweet | None = None) -> bool:
        return False
