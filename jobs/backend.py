"""The backend of Django's Tasks API: to enqueue is to insert a row, in whatever transaction is open."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

from jobs.actions import write_jobs
from jobs.models import Job

Returned = TypeVar("Returned")


class OutboxBackend(BaseTaskBackend):
    """Keeps tasks in the table `Job`. Results are not kept: a task that matters leaves its mark in a row."""

    supports_defer = True

    def enqueue(
        self, task: Task[Any, Returned], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> TaskResult[Returned]:
        self.validate_task(task)
        now = timezone.now()
        job = Job(
            task=task.module_path,
            args=normalize_json(list(args)),
            kwargs=normalize_json(dict(kwargs)),
            queue=task.queue_name,
            run_at=task.run_after or now,
            created_at=now,
        )
        write_jobs([job])
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=now,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
