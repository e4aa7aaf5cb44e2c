"""An app that makes tests/jobs/effects known to a worker: its tasks, and one effect more for each tweet."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tests.celery"
    label = "tests_celery"

    def ready(self) -> None:
        from events import bus  # these need models
        from tests.celery.plans import PLANS
        from tests.jobs import effects

        effects.register()
        bus.connect(PLANS)
