"""Whether a page or only a part of it is asked for."""

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    """htmx asks for a part; a boosted link or a restored history entry wants the whole page."""
    htmx = getattr(request, "htmx", None)  # none before its middleware has seen the request
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
