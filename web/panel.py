"""In development: at the foot of each page the queries it asked, with their times. Nothing of it is inline.

Our own and not django-debug-toolbar: what it would measure is counted already, and it wants scripts and
styles with a nonce, so that pages in development would have another content policy than those of people.
"""

from collections import Counter
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from common.watching.tally import Tally, current

_END = b"</body>"


class Panel:
    """Stands in MIDDLEWARE with DEBUG only, right behind what counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        tally = current()
        if tally is not None and tally.statements is not None and _is_page(response):
            before, end, after = response.content.rpartition(_END)
            if end:
                response.content = before + _drawn(tally).encode() + end + after
                response.headers["Content-Length"] = str(len(response.content))
        return response


def _is_page(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return (
        not response.streaming and kind.startswith("text/html") and "Content-Encoding" not in response.headers
    )


def _drawn(tally: Tally) -> str:
    statements = tally.statements or []
    times = Counter(sql for sql, _ in statements)
    return render_to_string(
        "web/_queries.html",
        {
            "count": len(statements),
            "query_ms": round(tally.query_seconds * 1000, 1),
            "template_ms": round(tally.template_seconds * 1000, 1),
            "total_ms": round(tally.seconds * 1000, 1),
            "repeated": sum(number - 1 for number in times.values()),
            "queries": [
                {"sql": sql, "ms": round(seconds * 1000, 2), "times": times[sql]}
                for sql, seconds in statements
            ],
        },
    )
