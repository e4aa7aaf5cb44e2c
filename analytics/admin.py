"""Trends as staff see them: the liveliest first, to be shown or hidden."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.models import User
from analytics.actions import hide_trend, show_trend
from analytics.models import Trend
from tweets.models import Hashtag


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


@admin.register(Trend)
class TrendAdmin(admin.ModelAdmin[Trend]):
    list_display = ["tag", "rounded", "people", "state", "decided_by", "updated_at"]
    list_display_links = None
    list_filter = [StateFilter]
    list_per_page = 50
    list_select_related = ["hashtag", "decided_by"]
    search_fields = ["hashtag__name"]
    ordering = ["-score", "hashtag_id"]
    actions = ["show", "hide"]

    @admin.display(description="tag", ordering="hashtag__name")
    def tag(self, trend: Trend) -> str:
        return format_html('<a href="/tags/{}">#{}</a>', trend.hashtag.name, trend.hashtag.name)

    @admin.display(description="score", ordering="score")
    def rounded(self, trend: Trend) -> str:
        return f"{trend.score:.1f}"

    @admin.display(description="state")
    def state(self, trend: Trend) -> str:
        return trend.state.label

    @admin.action(description="Show", permissions=["view"])
    def show(self, request: HttpRequest, chosen: QuerySet[Trend]) -> None:
        """Let the chosen tags stand among trends and suggestions."""
        self._decide(request, chosen, show_trend, "Shown")

    @admin.action(description="Hide", permissions=["view"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Trend]) -> None:
        """Take the chosen tags out of trends and suggestions; their pages stay."""
        self._decide(request, chosen, hide_trend, "Hidden")

    def _decide(
        self,
        request: HttpRequest,
        chosen: QuerySet[Trend],
        action: Callable[[User, Hashtag], None],
        done: str,
    ) -> None:
        assert isinstance(request.user, User)  # noqa: S101  (the admin lets nobody else in)
        tags = [trend.hashtag for trend in chosen]
        for tag in tags:
            action(request.user, tag)
        self.message_user(request, f"{done}: {', '.join(map(str, tags))}.", messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Trend | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Trend | None = None) -> bool:
        return False
