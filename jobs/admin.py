"""Jobs as staff see them: what waits, what runs, what was put aside, and a way to try again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jobs.actions import run_again
from jobs.models import Job


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    list_display = ["task", "state", "queue", "attempts", "run_at", "created_at", "error"]
    list_filter = ["state", "queue"]
    search_fields = ["task", "last_error"]
    ordering = ["-created_at"]
    actions = ["try_again"]
    show_full_result_count = False

    @admin.display(description="last error")
    def error(self, job: Job) -> str:
        """The last line of the traceback: what went wrong."""
        return job.last_error.strip().rpartition("\n")[2][:160]

    @admin.action(description="Try again now", permissions=["view"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Give the chosen jobs a fresh start."""
        count = run_again(chosen)
        self.message_user(request, f"{count} jobs will be tried again.", messages.SUCCESS)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "subtitle": _summary()})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False


def _summary() -> str:
    """How much of each, and how long the oldest has been overdue."""
    counts = dict(Job.objects.values_list("state").annotate(Count("pk")))
    now = timezone.now()
    oldest = Job.objects.due(now).order_by().aggregate(oldest=Min("run_at"))["oldest"]
    said = ", ".join(f"{counts.get(state, 0)} {state.label.lower()}" for state in Job.State)
    return f"{said}; the oldest has been due for {int((now - oldest).total_seconds())} s" if oldest else said
