"""What other apps and sites hand over to be tweeted: it stands in the composer, and nothing is sent."""

from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from web.access import writer_required
from web.forms.timing import Timing
from web.forms.tweet import Composer

_MOST = 5_000  # characters taken over; what is too long for a tweet its author shortens


@writer_required
@require_safe
def share(request: HttpRequest) -> HttpResponse:
    """The composer with `title`, `text` and `url`; whoever has to log in first finds the words afterwards."""
    author = cast(User, request.user)
    composer = Composer.blank(author)
    composer.parts[0].text = _words(request.GET)
    composer.timing = Timing.blank(author)
    return render(request, "web/compose.html", {"composer": composer, "title": "New tweet", "nav": "compose"})


def _words(asked: QueryDict) -> str:
    """Each on a line of its own, none twice: many apps repeat title and address in their text."""
    title, text, url = (asked.get(name, "").replace("\0", "").strip() for name in ("title", "text", "url"))
    lines = [title] if title and title not in text else []
    lines += [text] if text else []
    lines += [url] if url and url not in text else []
    return "\n".join(lines)[:_MOST]
