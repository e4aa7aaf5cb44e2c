"""Suggestions while one types: a few options for the list under the field."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relationships.queries import people_beginning
from tweets.cards import author_card
from tweets.queries import tags_beginning

_KEPT_SECONDS = 60  # by the reader's own browser
_PEOPLE_SHOWN, _TAGS_SHOWN = 5, 3  # under the search box


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`?q=@al` people, `?q=#dj` tags. Nothing for visitors: they have no field to write in."""
    typed = request.GET.get("q", "").replace("\0", "")
    sign, beginning = typed[:1], typed[1:]
    if not request.user.is_authenticated or sign not in ("@", "#") or not beginning:
        return HttpResponse(status=204)
    if sign == "@":
        people = people_beginning(request.user, beginning, settings.SUGGESTIONS_SHOWN)
        context: dict[str, Any] = {"people": [author_card(person) for person in people]}
    else:
        context = {"tags": _most_used(beginning)}
    response = render(request, "web/_suggestions.html", context)
    response["Cache-Control"] = f"private, max-age={_KEPT_SECONDS}"
    return response


@require_safe
def suggest_search(request: HttpRequest) -> HttpResponse:
    """`?q=al` in the search box: people and tags that begin so, each leading to its page."""
    typed = request.GET.get("q", "").replace("\0", "").strip()
    beginning = typed.lstrip("@#")
    if not beginning:
        return HttpResponse(status=204)
    context: dict[str, Any] = {}
    if not typed.startswith("#"):
        people = people_beginning(request.user, beginning, _PEOPLE_SHOWN)
        context["people"] = [author_card(person) for person in people]
    if not typed.startswith("@"):
        context["tags"] = _most_used(beginning)[:_TAGS_SHOWN]
    response = render(request, "web/_search_options.html", context)
    response["Cache-Control"] = f"private, max-age={_KEPT_SECONDS}"
    return response


def _most_used(beginning: str) -> list[tuple[str, int]]:
    found = tags_beginning(beginning).items()
    return sorted(found, key=lambda tag: (-tag[1], tag[0]))[: settings.SUGGESTIONS_SHOWN]
