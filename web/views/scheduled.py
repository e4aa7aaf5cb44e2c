"""Scheduled tweets: the list, changing one, posting it at once, taking it off the clock."""

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.time_zones import zone_of
from common.errors import Invalid, NotAllowed, NotFound
from tweets.actions import cancel_scheduled, change_scheduled, make_draft_of_scheduled, post_scheduled_now
from tweets.draft import from_plain
from tweets.models import ScheduledTweet
from tweets.queries import scheduled_for, scheduled_of
from web.access import writer_required
from web.composing import composer_holding, is_done, is_ready, pictures_sent, put_in_place
from web.forms.timing import Timing, shown_zone
from web.forms.tweet import Composer
from web.ways import one_button
from web.writing import path_to, said_of, scheduled_rows

_PAGE = 50  # lines


@login_required
@require_safe
def scheduled(request: HttpRequest) -> HttpResponse:
    author = cast(User, request.user)
    page = Paginator(scheduled_of(author), _PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": scheduled_rows(author, page),
        "page": page,
        "zone": shown_zone(str(zone_of(author))),
        "nav": "scheduled",
    }
    return render(request, "web/writing/scheduled.html", context)


@writer_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, scheduled_id: int) -> HttpResponse:
    """Other words, another time. What failed gets a new time here and waits again."""
    author = cast(User, request.user)
    row = scheduled_for(author, scheduled_id)
    if row.state == ScheduledTweet.State.LATE:
        raise NotFound("This tweet was posted.")
    first, *_ = from_plain(row.what)
    if request.method != "POST":
        composer = composer_holding(author, from_plain(row.what), request.path, row.holder)
        composer.timing = Timing.of(row.post_at, author)
        return _form(request, _made_for(composer))
    composer = Composer.sent(request.POST, pictures_sent(author, request.POST, row.holder), request.path)
    composer.timing = timing = Timing.sent(request.POST, author)
    try:
        put_in_place(author, composer, first.reply_to_id, first.quote_of_id)
    except (NotAllowed, NotFound) as error:
        composer.errors.append(error.message)
    changed: list[ScheduledTweet] = []

    def change() -> None:
        at = timing.moment()
        changed.append(change_scheduled(author, row.pk, drafts=_made_for(composer).to_drafts(), at=at))

    if not is_ready(request, composer) or not is_done(composer, change):
        return _form(request, _made_for(composer))
    messages.success(request, said_of(changed[0], author))
    return redirect("scheduled")


@one_button
def post_now(request: HttpRequest, scheduled_id: int) -> HttpResponse:
    author = cast(User, request.user)
    try:
        tweet = post_scheduled_now(author, scheduled_id)
    except (Invalid, NotAllowed) as refusal:
        messages.error(request, f"It could not be posted. {refusal.message}")
        return redirect("scheduled")
    messages.success(request, "Tweet posted.")
    return redirect(tweet.path)


@one_button
def cancel(request: HttpRequest, scheduled_id: int) -> HttpResponse:
    """It becomes a draft, so that nothing is lost; what was posted late just leaves the list."""
    author = cast(User, request.user)
    if scheduled_for(author, scheduled_id).state == ScheduledTweet.State.LATE:
        cancel_scheduled(author, scheduled_id)
        return redirect("scheduled")
    draft = make_draft_of_scheduled(author, scheduled_id, uuid4().hex)
    messages.success(request, "It is not scheduled any more, and kept as a draft.")
    return redirect(path_to(draft))


def _made_for(composer: Composer) -> Composer:
    composer.saving, composer.submit_label = None, "Save"
    if composer.timing is not None:
        composer.timing.is_needed = True
    return composer


def _form(request: HttpRequest, composer: Composer) -> HttpResponse:
    context = {"composer": composer, "title": "Scheduled tweet", "nav": "scheduled", "back": "/scheduled/"}
    return render(request, "web/compose.html", context, status=422 if composer.errors else 200)
