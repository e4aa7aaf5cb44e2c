"""Searching tweets, people and tags. Every answer is an address that can be kept and passed on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from common.paging import Window, whole_id
from search.marking import mark_found
from search.queries import Asked, latest, people_found, tags_found, top
from search.query_language import Question, read_question
from tweets.cards import cards_for
from tweets.filtering import Context, filtered
from web.forms.search import SearchForm
from web.fragments import wants_fragment
from web.paging import CardPage, wanted_number, window_page
from web.people import PeoplePage, person_rows
from web.side import side_column

TABS = {"top": "Top", "latest": "Latest", "people": "People", "media": "Media"}
_TAGS_SHOWN = 5
_EXAMPLES = ("coffee", '"good morning"', "#art has:media", "garden -rain")
_SIGNS = (
    ('"good morning"', "these words in this order"),
    ("-rain", "not this; a minus goes with everything below, too"),
    ("from:alice", "written by @alice"),
    ("to:alice", "in reply to @alice"),
    ("@alice", "naming @alice"),
    ("#art", "with this tag"),
    ("has:media has:link", "with a picture, with a link"),
    ("is:reply is:quote", "replies, quotes"),
    ("after:2026-01-31", "written after this day, in UTC"),
    ("before:2026-12-24", "written before this day"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: a page of cards or, on their tab, of people; what was not understood; tags that begin so."""

    page: CardPage | PeoplePage
    problems: Sequence[str]
    tags: Sequence[str] = ()


@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if "q" not in request.GET and form.is_valid() and (asked := form.question()):
        return redirect(f"{request.path}?{urlencode({'q': asked})}")
    question = read_question(request.GET.get("q", ""))
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "top"
    found = None
    if not question.is_empty:
        found = _ANSWERS[tab](request, question, {"q": question.text, "tab": tab})
        if wants_fragment(request):
            fragment = "web/_people.html" if tab == "people" else "web/_feed_page.html"
            return render(request, fragment, {"page": found.page})
    context = {
        "question": question,
        "tab": tab,
        "tabs": TABS.items(),
        "found": found,
        "page": found.page if found else None,
        "problems": found.problems if found else question.problems,
        "form": form,
        "trends": () if found else side_column().trends,
        "examples": _EXAMPLES,
        "signs": _SIGNS,
        "ranked": settings.SEARCH_RANKED,
        "nav": "search",
    }
    return render(request, "web/search.html", context)


def _top(request: HttpRequest, question: Question, keep: dict[str, str]) -> Found:
    """The liveliest, by number; the address remembers where the first page began."""
    asked, size = Asked(question), settings.FEED_PAGE_SIZE
    newest_id = whole_id(request.GET.get("from", ""))
    ids = top(asked, request.user, newest_id=newest_id)
    number = min(max(wanted_number(request), 1), max(-(-len(ids) // size), 1))
    shown = ids[(number - 1) * size : number * size]
    keep["from"] = str(newest_id or max(ids, default=""))

    def link(page: int) -> str:
        return f"{request.path}?{urlencode({**keep, 'page': page})}"

    older_url = link(number + 1) if len(ids) > number * size else ""
    newer_url = link(number - 1) if number > 1 else ""
    cards = cards_for(shown, request.user)
    kept = filtered(cards, request.user, Context.PUBLIC)
    page = CardPage(kept, newer_url, older_url, older_url, number, all_filtered=bool(cards) and not kept)
    is_first = not newer_url and not wants_fragment(request)
    return Found(
        _marked(page, question), asked.problems, tags_found(question, _TAGS_SHOWN) if is_first else ()
    )


def _latest(request: HttpRequest, question: Question, keep: dict[str, str]) -> Found:
    asked = Asked(question)

    def read(window: Window) -> list[int]:
        return latest(asked, request.user, window)

    page = window_page(request, read, Context.PUBLIC, keep)
    return Found(_marked(page, question), asked.problems)


def _media(request: HttpRequest, question: Question, keep: dict[str, str]) -> Found:
    return _latest(request, question.with_media(), keep)


def _people(request: HttpRequest, question: Question, keep: dict[str, str]) -> Found:
    people, size = people_found(question, request.user), settings.PEOPLE_PAGE_SIZE
    number = min(max(wanted_number(request), 1), max(-(-len(people) // size), 1))
    rows = person_rows(request.user, people[(number - 1) * size : number * size])
    has_more = len(people) > number * size
    next_url = f"{request.path}?{urlencode({**keep, 'page': number + 1})}" if has_more else ""
    return Found(PeoplePage(rows, next_url, is_first=number == 1), question.problems)


def _marked(page: CardPage, question: Question) -> CardPage:
    return replace(page, cards=[replace(card, html=mark_found(card.html, question)) for card in page.cards])


_ANSWERS: dict[str, Callable[[HttpRequest, Question, dict[str, str]], Found]] = {
    "top": _top,
    "latest": _latest,
    "people": _people,
    "media": _media,
}
