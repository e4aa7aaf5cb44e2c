"""Trends as staff see them: the liveliest first, to be shown or hidden; of tags, and of linked pages."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.models import User
from analytics.actions import hide_link_trend, hide_trend, show_link_trend, show_trend
from analytics.models import LinkTrend, Trend


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in Trend.State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Trend]) -> QuerySet[Trend]:
        hidden = Q(hashtag__is_unlisted=True)
        waiting = ~hidden & Q(decided_at__isnull=True) if settings.TRENDS_NEED_APPROVAL else Q(pk__in=())
        meanings = {"hidden": hidden, "waiting": waiting, "listed": ~hidden & ~waiting}
        meaning = meanings.get(self.value() or "")
        return queryset if meaning is None else queryset.filter(meaning)


class _Counted(admin.ModelAdmin[Any]):
    """Rows that the clock counts; staff decide about them and change nothing else."""

    list_display_links = None
    list_per_page = 50
    actions = ["show", "hide"]

    @admin.display(description="score", ordering="score")
    def rounded(self, trend: Trend | LinkTrend) -> str:
        return f"{trend.score:.1f}"

    @admin.display(description="state")
    def state(self, trend: Trend | LinkTrend) -> str:
        return trend.state.label

    def decide(
        self, request: HttpRequest, things: Iterable[Model], action: Callable[[User, Any], None], done: str
    ) -> None:
        assert isinstance(request.user, User)  # noqa: S101  (the admin lets nobody else in)
        decided = list(things)
        for thing in decided:
            action(request.user, thing)
        self.message_user(request, f"{done}: {', '.join(map(str, decided))}.", messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Trend)
class TrendAdmin(_Counted):
    list_display = ["tag", "rounded", "people", "state", "decided_by", "updated_at"]
    list_filter = [StateFilter]
    list_select_related = ["hashtag", "decided_by"]
    search_fields = ["hashtag__name"]
    ordering = ["-score", "hashtag_id"]

    @admin.display(description="tag", ordering="hashtag__name")
    def tag(self, trend: Trend) -> str:
        return format_html('<a href="/tags/{}">#{}</a>', trend.hashtag.name, trend.hashtag.name)

    @admin.action(description="Show", permissions=["view"])
    def show(self, request: HttpRequest, chosen: QuerySet[Trend]) -> None:
        """Let the chosen tags stand among trends and suggestions."""
        self.decide(request, (trend.hashtag for trend in chosen), show_trend, "Shown")

    @admin.action(description="Hide", permissions=["view"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Trend]) -> None:
        """Take the chosen tags out of trends and suggestions; their pages stay."""
        self.decide(request, (trend.hashtag for trend in chosen), hide_trend, "Hidden")


@admin.register(LinkTrend)
class LinkTrendAdmin(_Counted):
    list_display = ["page", "rounded", "people", "state", "decided_by", "updated_at"]
    list_select_related = ["card", "decided_by"]
    search_fields = ["card__url", "card__title"]
    ordering = ["-score", "card_id"]

    @admin.display(description="page", ordering="card__title")
    def page(self, trend: LinkTrend) -> str:
        path, card = f"/explore/links/{trend.card_id}/", trend.card
        return format_html('<a href="{}">{}</a><br>{}', path, card.title or card.url, card.url)

    @admin.action(description="Show", permissions=["view"])
    def show(self, request: HttpRequest, chosen: QuerySet[LinkTrend]) -> None:
        """Let the chosen pages stand among trends."""
        self.decide(request, (trend.card for trend in chosen), show_link_trend, "Shown")

    @admin.action(description="Hide", permissions=["view"])
    def hide(self, request: HttpRequest, chosen: QuerySet[LinkTrend]) -> None:
        """Take the chosen pages out of trends; the tweets that link to them stay."""
        self.decide(request, (trend.card for trend in chosen), hide_link_trend, "Hidden")
