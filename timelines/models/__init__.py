"""Who has which tweet on the home timeline."""

from timelines.models.entry import HomeTimeline, TimelineEntry

__all__ = ["HomeTimeline", "TimelineEntry"]
