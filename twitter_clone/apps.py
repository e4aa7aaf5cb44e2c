"""The roof as an app: it wires events to reactions when Django starts."""

from django.apps import AppConfig

from events import bus


class TwitterCloneConfig(AppConfig):
    name = "twitter_clone"

    def ready(self) -> None:
        # The switchboard imports the reactions of every app, which need their models loaded.
        from twitter_clone.switchboard import PLANS

        bus.connect(PLANS)
