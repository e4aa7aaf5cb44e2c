"""Searching tweets, people and tags. Every answer is an address that can be kept and passed on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.paging import Window, whole_id
from relationships.queries import person_asked_for
from search.marking import mark_beginnings, mark_found
from search.queries import Asked, latest, people_found, people_nearly, tags_found, tags_nearly, top
from search.query_language import Question, read_question
from tweets.cards import TweetCard, cards_for
from tweets.filtering import Context, filtered
from web.forms.search import SearchForm
from web.fragments import wants_fragment
from web.pace import check
from web.paging import CardPage, wanted_number
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
    ("has:media has:link has:poll", "with a picture, a link, a poll"),
    ("is:reply is:quote", "replies, quotes"),
    ("lang:en", "in this language, as its author said"),
    ('"from:alice"', "in quotes, all of this is only text"),
    ("after:2026-01-31", "written after this day, in UTC"),
    ("before:2026-12-24", "written before this day"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: a page of cards or, on their tab, of people; what was not understood; tags that begin so.

    `is_near`: nobody is called so, and these names are a slip of the pen away. `tags_near` likewise.
    """

    page: CardPage | PeoplePage
    problems: Sequence[str]
    tags: Sequence[str] = ()
    tags_near: Sequence[str] = ()
    is_near: bool = False


@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if "q" not in request.GET and form.is_valid() and (asked := form.question()):
        return redirect(f"{request.path}?{urlencode({'q': asked})}")
    is_changing = "change" in request.GET  # what is asked stands in the form, and is not answered
    question = read_question(request.GET.get("change" if is_changing else "q", ""))
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "top"
    found = None
    if not question.is_empty and not is_changing:
        check(request, "search", "You search very quickly. Wait a moment, then go on.")
        found = _ANSWERS[tab](request, question, {"q": question.text, "tab": tab})
        if wants_fragment(request):
            fragment = "web/_people.html" if tab == "people" else "web/_feed_page.html"
            return render(request, fragment, {"page": found.page, "found": found})
    context = {
        "question": question,
        "tab": tab,
        "tabs": TABS.items(),
        "found": found,
        "page": found.page if found else None,
        "problems": found.problems if found else question.problems,
        "form": form if form.errors else SearchForm.holding(question),
        "trends": () if found else side_column().trends,
        "examples": _EXAMPLES,
        "signs": _SIGNS,
        "is_changing": is_changing,
        "ranked": settings.SEARCH_RANKED,
        "nav": "search",
    }
    return render(request, "web/search.html", context)


def _top(request: HttpRequest, question: Question, keep: dict[str, str]) -> Found:
    """The liveliest, by number; the address remembers what was looked at for the first page."""
    asked, size = Asked(question), settings.FEED_PAGE_SIZE
    newest_id, oldest_id = (whole_id(request.GET.get(name, "")) for name in ("from", "to"))
    ranked = top(asked, request.user, newest_id=newest_id, oldest_id=oldest_id)
    ids = ranked.ids
    number = min(max(wanted_number(request), 1), max(-(-len(ids) // size), 1))
    shown = ids[(number - 1) * size : number * size]
    keep |= {"from": str(newest_id or ranked.newest_id), "to": str(oldest_id or ranked.oldest_id)}

    def link(page: int) -> str:
        return _address(request, keep, page=page)

    older_url = link(number + 1) if len(ids) > number * size else ""
    newer_url = link(number - 1) if number > 1 else ""
    page = _cards(request, shown, question, newer_url, older_url, number)
    if newer_url or wants_fragment(request):
        return Found(page, asked.problems)
    tags = tags_found(question, _TAGS_SHOWN)
    return Found(page, asked.problems, tags, () if tags else tags_nearly(question, _TAGS_SHOWN))


def _latest(request: HttpRequest, question: Question, keep: dict[str, str]) -> Found:
    """All, by cursor. A page may be short, and lead on: where few may be read, or looking took too long."""
    asked, size = Asked(question), settings.FEED_PAGE_SIZE
    older_than, newer_than = (whole_id(request.GET.get(name, "")) for name in ("cursor", "newer"))
    if newer_than is not None:
        part = latest(asked, request.user, Window(size, min_id=newer_than))
        if part.goes_on is not None:
            newer_url = _address(request, keep, newer=part.goes_on)
            older_url = _address(request, keep, cursor=part.ids[-1] if part.ids else newer_than)
            page = _cards(request, part.ids, question, newer_url, older_url)
            return Found(page, asked.problems)
        older_than = None  # the top is reached: show it whole
    part = latest(asked, request.user, Window(size, max_id=older_than))
    older_url = _address(request, keep, cursor=part.goes_on) if part.goes_on is not None else ""
    newer_url = ""
    if older_than is not None:
        newer_url = _address(request, keep, newer=part.ids[0] if part.ids else older_than - 1)
    return Found(_cards(request, part.ids, question, newer_url, older_url), asked.problems)


def _media(request: HttpRequest, question: Question, keep: dict[str, str]) -> Found:
    return _latest(request, question.with_media(), keep)


def _people(request: HttpRequest, question: Question, keep: dict[str, str]) -> Found:
    people, size = people_found(question, request.user), settings.PEOPLE_PAGE_SIZE
    exact = person_asked_for(question.text, request.user) if question.text.startswith(("@", "http")) else None
    if exact is not None:
        people = [exact, *(person for person in people if person != exact)]
    is_near = not people
    if is_near:
        people = people_nearly(question, request.user)
    number = min(max(wanted_number(request), 1), max(-(-len(people) // size), 1))
    shown = people[(number - 1) * size : number * size]
    has_more = len(people) > number * size
    next_url = _address(request, keep, page=number + 1) if has_more else ""
    rows = [
        replace(row, marked=_marked_words(row.person, question)) for row in person_rows(request.user, shown)
    ]
    return Found(PeoplePage(rows, next_url, is_first=number == 1), question.problems, is_near=is_near)


def _marked_words(person: User, question: Question) -> dict[str, str]:
    """What a row shows of a person, with the beginnings marked that were looked for."""
    texts = {"name": person.shown_name, "handle": person.handle, "bio": person.bio}
    return {name: mark_beginnings(text, question) for name, text in texts.items()}


def _cards(
    request: HttpRequest, ids: list[int], question: Question, newer_url: str, older_url: str, number: int = 1
) -> CardPage:
    """These tweets with the found words marked, but for those the reader's word filters hide."""
    cards = cards_for(ids, request.user)
    kept = [_marked(card, question) for card in filtered(cards, request.user, Context.PUBLIC)]
    return CardPage(kept, newer_url, older_url, older_url, number, all_filtered=bool(cards) and not kept)


def _marked(card: TweetCard, question: Question) -> TweetCard:
    warning = mark_found(escape(card.warning), question) if card.warning else ""
    return replace(card, html=mark_found(card.html, question), warning=warning)


def _address(request: HttpRequest, keep: dict[str, str], **place: int) -> str:
    return f"{request.path}?{urlencode({**keep, **place})}"


_ANSWERS: dict[str, Callable[[HttpRequest, Question, dict[str, str]], Found]] = {
    "top": _top,
    "latest": _latest,
    "people": _people,
    "media": _media,
}
