"""A person's page: who they are, and their tweets, replies, pictures and likes, one tab for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.queries import by_handle, is_gone
from analytics.actions import note_profile
from common.errors import Gone, NotAllowed, NotFound
from common.paging import whole_id
from relationships.policies import may_message
from relationships.queries import Relation, relation_to, requests_to
from tweets.cards import TweetCard, cards_for
from tweets.filtering import Context, filtered
from tweets.queries.profile import like_ids, media_of, pinned_ids, replies_of, tweets_of
from web.fragments import wants_fragment
from web.outside import profile_preview
from web.paging import CardPage, cursor_page
from web.people import person_row


@dataclass(frozen=True, slots=True)
class Tab:
    """`part` is the last word of the address and says which sentence an empty page has."""

    part: str
    label: str
    is_mine_alone: bool = False


TABS = (
    Tab("", "Tweets"),
    Tab("replies", "Replies"),
    Tab("media", "Media"),
    Tab("likes", "Likes", is_mine_alone=True),
)


@require_safe
@vary_on_headers("HX-Request")
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    return _tab(request, handle, TABS[0], _tweets_page)


@require_safe
@vary_on_headers("HX-Request")
def profile_replies(request: HttpRequest, handle: str) -> HttpResponse:
    return _tab(request, handle, TABS[1], _replies_page)


@require_safe
@vary_on_headers("HX-Request")
def profile_media(request: HttpRequest, handle: str) -> HttpResponse:
    return _tab(request, handle, TABS[2], _media_page)


@require_safe
@vary_on_headers("HX-Request")
def profile_likes(request: HttpRequest, handle: str) -> HttpResponse:
    return _tab(request, handle, TABS[3], _likes_page)


def find_person(handle: str, viewer: object = None) -> User:
    """The active person of that name.

    Raises NotFound, with the same words for unknown and suspended, and Gone for whoever left for good.
    """
    person = by_handle(handle, viewer)
    if person is None or not person.is_active:
        if is_gone(handle):
            raise Gone(f"@{handle[:30]} left. The account and everything in it was deleted.")
        raise NotFound(f"There is nobody called @{handle[:30]} here, or the account is suspended.")
    return person


def find_related(handle: str, viewer: User) -> User:
    """The person of that name, a suspended one only if something is between them that the viewer may end.

    Raises NotFound as find_person does, so that nobody else learns whether there is such an account.
    """
    person = by_handle(handle, viewer)
    if person is not None and not person.is_active:
        relation = relation_to(viewer, person)
        if relation.follows or relation.blocks or relation.mutes or relation.asked_by:
            return person
    return find_person(handle, viewer)


def _tab(
    request: HttpRequest, handle: str, tab: Tab, load: Callable[[HttpRequest, User], CardPage]
) -> HttpResponse:
    person = find_person(handle, request.user)
    address = f"{person.path}/{tab.part}" if tab.part else person.path
    if person.username != handle:
        return redirect(address, permanent=True)
    is_me = request.user.pk == person.pk
    if tab.is_mine_alone and not is_me:
        raise NotAllowed("What people like is seen by themselves alone.")
    page = load(request, person)
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    note_profile(person.pk)
    context = {"page": page, "tab": tab, "pinned": _pinned(request, person, tab, page)}
    return render(request, "web/profile.html", context | _head(request, person, is_me))


def _head(request: HttpRequest, person: User, is_me: bool) -> dict[str, Any]:
    """What stands above the tabs; one query for the fields, five for what is between reader and
    person, one more on one's own.
    """
    relation = Relation()
    if request.user.is_authenticated and not is_me:
        relation = relation_to(request.user, person)
    return {
        "person": person,
        "preview": profile_preview(person),
        "is_me": is_me,
        "row": person_row(request.user, person, relation, "profile"),
        "relation": relation,
        "may_message": not is_me and request.user.is_authenticated and may_message(person, relation),
        "is_apart": relation.blocks or relation.blocked_by,
        "tabs": [one for one in TABS if is_me or not one.is_mine_alone],
        "fields": list(person.fields.order_by("position")),
        "waiting": requests_to(person).count() if is_me else 0,
        "nav": "profile" if is_me else "",
    }


def _tweets_page(request: HttpRequest, person: User) -> CardPage:
    return cursor_page(request, tweets_of(request.user, person), Context.ACCOUNT)


def _replies_page(request: HttpRequest, person: User) -> CardPage:
    return cursor_page(request, replies_of(request.user, person), Context.ACCOUNT)


def _media_page(request: HttpRequest, person: User) -> CardPage:
    return cursor_page(request, media_of(request.user, person), Context.ACCOUNT)


def _pinned(request: HttpRequest, person: User, tab: Tab, page: CardPage) -> list[TweetCard]:
    """What stands first, on the first page of the first tab."""
    if tab.part or not page.is_first:
        return []
    cards = cards_for(pinned_ids(request.user, person), request.user)
    return filtered(cards, request.user, Context.ACCOUNT)


def _likes_page(request: HttpRequest, person: User) -> CardPage:
    """The latest like first; the cursor is the like's id, not the tweet's."""
    before, size = whole_id(request.GET.get("cursor", "")), settings.FEED_PAGE_SIZE
    found = like_ids(person, before, size + 1)
    shown = found[:size]
    older_url = f"{request.path}?cursor={shown[-1][0]}" if len(found) > size else ""
    cards = cards_for([tweet_id for _, tweet_id in shown], cast(User, request.user))
    return CardPage(cards, request.path if before is not None else "", older_url, older_url)
