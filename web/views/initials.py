"""The picture of somebody who has none: one or two letters on a colour of their own."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.html import escape
from django.views.decorators.http import require_safe

from web.inert import inert

_LONGEST = 4  # characters: two letters, each perhaps with a mark
# Dark enough for white letters on every hue: 4.5 to 1, a test measures it.
_SATURATION, _LIGHTNESS = 50, 31  # percent
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">'
    '<rect width="100" height="100" fill="hsl({hue},{saturation}%,{lightness}%)"/>'
    '<text x="50" y="50" dy=".35em" text-anchor="middle" fill="#fff" font-size="42" font-weight="600"'
    ' font-family="system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,sans-serif">{letters}</text></svg>'
)


@require_safe
def initials(request: HttpRequest, hue: int, letters: str) -> HttpResponse:
    """Drawn anew each time, but asked for once only: the address says everything about the picture."""
    if hue >= 360 or not _is_drawable(letters):
        return HttpResponseNotFound("There is no such picture.", content_type="text/plain; charset=utf-8")
    drawing = _DRAWING.format(hue=hue, saturation=_SATURATION, lightness=_LIGHTNESS, letters=escape(letters))
    return inert(HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8"))


def _is_drawable(letters: str) -> bool:
    return 0 < len(letters) <= _LONGEST and letters.isprintable() and " " not in letters
