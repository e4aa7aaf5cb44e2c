"""Whether any rule is live: asked at every posting, so each process remembers it for a while."""

import time

from moderation.models import AutomaticRule

KEPT_SECONDS = 5  # after which other processes hear of the first live rule

_known, _asked_at = False, float("-inf")


def rules_are_live() -> bool:
    """One query in KEPT_SECONDS."""
    global _known, _asked_at
    if time.monotonic() - _asked_at > KEPT_SECONDS:
        _known = AutomaticRule.objects.live().exists()
        _asked_at = time.monotonic()
    return _known


def ask_anew() -> None:
    """At once, in this process."""
    global _asked_at
    _asked_at = float("-inf")
