"""Jobs as staff see them: each queue at a glance, what failed, and a way to try it again."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property

from jobs import queries
from jobs.actions import run_again, run_failed_again
from jobs.models import Job

_ROWS_COUNTED = 10_000  # pages of the list beyond these rows are not offered


class _ShortPaginator(Paginator[Job]):
    """Counts no more rows than anybody will page through."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Job] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[:_ROWS_COUNTED].count()


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    """Each of its questions is answered by an index; only a queue without a state would not be."""

    change_list_template = "jobs/job_list.html"
    list_display = ["task", "state", "error", "queue", "attempts", "run_at", "created_at", "request_id"]
    list_filter = ["state"]
    list_per_page = 50
    paginator = _ShortPaginator
    actions = ["try_again"]
    show_full_result_count = False

    @admin.display(description="last error")
    def error(self, job: Job) -> str:
        """The last line of the traceback: what went wrong."""
        return job.last_error.strip().rpartition("\n")[2][:160]

    @admin.action(description="Try again now", permissions=["retry"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Give the chosen jobs a fresh start."""
        count = run_again(chosen)
        _note(request, f"Tried {count} chosen jobs again.")
        self.message_user(request, f"{count} jobs will be tried again.", messages.SUCCESS)

    def retry_failed(self, request: HttpRequest) -> HttpResponse:
        """The button beside a task: all its failed jobs, some thousands at a time."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_retry_permission(request):
            raise PermissionDenied
        task = request.POST.get("task", "").replace("\0", "")
        count, has_more = run_failed_again(task)
        if count:
            _note(request, f"Tried {count} failed jobs of {task} again.")
        more = " There are more; press again for the next." if has_more else ""
        self.message_user(request, f"{count} jobs will be tried again.{more}", messages.SUCCESS)
        return redirect("admin:jobs_job_changelist")

    def get_urls(self) -> list[URLPattern]:
        own = path("retry/", self.admin_site.admin_view(self.retry_failed), name="jobs_job_retry")
        return [own, *super().get_urls()]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """As the index of the state has them, or as they were written."""
        return ("-run_at", "-id") if request.GET.get("state__exact") else ("-id",)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in {"queue__exact", "task__exact"} or super().lookup_allowed(lookup, value, request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        glance = {
            "queues": queries.queues(),
            "failed_tasks": queries.failed_tasks(),
            "counted_most": queries.COUNTED_MOST,
            "failed_read": queries.FAILED_READ,
            "may_retry": self.has_retry_permission(request),
        }
        return super().changelist_view(request, {**(extra_context or {}), **glance})

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whoever may change jobs, which nobody does by hand."""
        return bool(request.user.has_perm("jobs.change_job"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False


def _note(request: HttpRequest, what: str) -> None:
    """For the history of the admin: who did it."""
    LogEntry.objects.create(
        user_id=cast(int, request.user.pk),
        content_type=ContentType.objects.get_for_model(Job),
        object_repr="jobs",
        action_flag=CHANGE,
        change_message=what,
    )
