"""The roof as an app: it wires events to reactions when Django starts."""

from django.apps import AppConfig


class TwitterCloneConfig(AppConfig):
    name = "twitter_clone"

    def ready(self) -> None:
        # The bus and the reactions of every app need models, which are loaded by now and not before.
        from django.conf import settings

        from common.watching import reporting
        from events import bus
        from jobs import clock, housekeeping
        from twitter_clone import checks  # noqa: F401  (to be registered)
        from twitter_clone.schedule import CHORES, SCHEDULE
        from twitter_clone.switchboard import PLANS

        reporting.start(
            sentry_dsn=settings.SENTRY_DSN,
            otlp_endpoint=settings.OTEL_EXPORTER_OTLP_ENDPOINT,
            service=settings.SITE_HOST,
            version=settings.VERSION,
        )
        bus.connect(PLANS)
        clock.connect(SCHEDULE)
        housekeeping.connect(CHORES)
