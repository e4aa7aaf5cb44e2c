"""What others did that concerns oneself."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.ids import moment_of
from common.paging import whole_id
from notifications.actions import mark_read
from notifications.models import Notification
from notifications.queries import Bundle, bundles_for
from tweets.cards import TweetCard, age_of, cards_for
from tweets.filtering import Context, filtered
from web.fragments import wants_fragment

Kind = Notification.Kind
# The word in the address (`?only=likes`) and on the filter -> what it shows.
FILTERS = {
    "mentions": Notification.SPOKEN,
    "likes": (Kind.LIKE,),
    "retweets": (Kind.RETWEET, Kind.QUOTE),
    "follows": (Kind.FOLLOW, Kind.REQUEST),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the page; `card` is the tweet it is about."""

    bundle: Bundle
    card: TweetCard | None
    age: str
    iso: str

    @property
    def shows_card(self) -> bool:
        """Whether the tweet itself is the news."""
        return self.bundle.kind in Notification.OF_NEW_TWEETS


@dataclass(frozen=True, slots=True)
class NoticePage:
    notices: list[Notice]
    next_url: str
    newest_id: int | None
    has_unread: bool


@login_required
@require_safe
@vary_on_headers("HX-Request")
def notifications(request: HttpRequest) -> HttpResponse:
    only = request.GET.get("only", "")
    only = only if only in FILTERS else ""
    page = _page(request, cast(User, request.user), only)
    if wants_fragment(request):
        return render(request, "web/_notices.html", {"page": page})
    filters = [(word, word.capitalize()) for word in FILTERS if word != "mentions"]
    context = {"page": page, "only": only, "filters": filters, "nav": "notifications"}
    return render(request, "web/notifications.html", context)


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark read what the page showed; what came since stays unread."""
    mark_read(cast(User, request.user), up_to=whole_id(request.POST.get("up_to", "")))
    return redirect("notifications")


def _page(request: HttpRequest, viewer: User, only: str) -> NoticePage:
    size = settings.NOTIFICATIONS_PAGE_SIZE
    before = whole_id(request.GET.get("cursor", ""))
    bundles = bundles_for(viewer, kinds=FILTERS.get(only, ()), before=before, limit=size + 1)
    shown = bundles[:size]
    query = {"only": only} if only else {}
    next_url = f"{request.path}?{urlencode({**query, 'cursor': shown[-1].id})}" if len(bundles) > size else ""
    cards = cards_for(list({bundle.tweet_id for bundle in shown if bundle.tweet_id}), viewer)
    found = {card.entry_id: card for card in filtered(cards, viewer, Context.NOTIFICATIONS)}
    return NoticePage(
        notices=[
            _notice(bundle, found.get(bundle.tweet_id or 0))
            for bundle in shown
            if bundle.tweet_id is None or bundle.tweet_id in found
        ],
        next_url=next_url,
        newest_id=shown[0].id if shown and before is None else None,
        has_unread=any(bundle.is_unread for bundle in shown),
    )


def _notice(bundle: Bundle, card: TweetCard | None) -> Notice:
    moment = moment_of(bundle.id)
    return Notice(bundle, card, age_of(moment), moment.isoformat(timespec="seconds"))
