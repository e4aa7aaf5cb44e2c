"""Tweets that lead to one page."""

from common.paging import Window
from tweets.models import Tweet
from tweets.queries.shown import Viewer


def linked_ids(viewer: Viewer, address: str, window: Window) -> list[int]:
    """Ids of public tweets whose card is that of the address, of nobody the viewer mutes. One query."""
    rows = Tweet.objects.visible_to(viewer).offered_to(viewer)
    shown = rows.filter(visibility=Tweet.Visibility.PUBLIC, link_card__url=address)
    return window.ids(shown)
