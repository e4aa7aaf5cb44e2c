"""What is to be done later, and when the clock strikes next."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, moment: datetime) -> Self:
        """Waiting jobs whose time has come, the longest overdue first."""
        return self.filter(state=Job.State.WAITING, run_at__lte=moment).order_by("run_at", "id")

    def held_by(self, worker: str) -> Self:
        """Jobs that this worker has in hand."""
        return self.filter(state=Job.State.RUNNING, held_by=worker)

    def abandoned(self, moment: datetime) -> Self:
        """Jobs whose worker did not renew its lease in time."""
        return self.filter(state=Job.State.RUNNING, lease_until__lt=moment)


class Job(models.Model):
    """One piece of later work. It exists until it is done; what is dead waits for a person to look."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DEAD = "dead"

    task = models.CharField(max_length=200, help_text="The name of the function, as jobs.registry knows it.")
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    run_at = models.DateTimeField(default=timezone.now, help_text="Not before this moment.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Counted when a worker takes the job.")
    held_by = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When a message about it was last sent, if workers hear messages.",
    )
    last_error = models.TextField(blank=True)
    unique_key = models.CharField(
        max_length=200,
        null=True,
        blank=True,
        unique=True,
        help_text="While this job lives there is no second.",
    )
    request_id = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="The request it came from, as logged."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "run_at", "id"], name="job_due"),
            models.Index(fields=["state", "lease_until"], name="job_abandoned"),
            models.Index(fields=["queue", "state", "run_at"], name="job_queue"),
            models.Index(fields=["task"], condition=models.Q(state="dead"), name="job_failed_task"),
        ]

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"


class Clock(models.Model):
    """When a piece of periodic work is due next, known to all workers together."""

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ChoreRun(models.Model):
    """How much a chore of jobs/housekeeping did last, and how much there was to do when somebody looked."""

    name = models.CharField(max_length=40, primary_key=True)
    done_at = models.DateTimeField(null=True)
    went = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    looked_at = models.DateTimeField(null=True)
    would_go = models.BigIntegerField(default=0)
    place = models.CharField(max_length=100, blank=True, default="")  # where the next turn goes on

    def __str__(self) -> str:
        return self.name
