"""Tweets that rules held, and what becomes of each."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from common.errors import Conflict, Invalid
from moderation.actions import let_appear, take_down_held
from moderation.queries import held_tweet, held_tweets, with_hits
from tweets.models import Tweet
from web.access import staff_required
from web.forms.automatic import TakeDownForm
from web.views.moderation.frame import page_of, revision_read, staff_of, staff_page

_deciders = staff_required(Permission.HANDLE_REPORTS)


@_deciders
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest) -> HttpResponse:
    return _page(request)


@_deciders
@require_POST
def appear(request: HttpRequest, held_id: int) -> HttpResponse:
    tweet = held_tweet(held_id)
    try:
        let_appear(staff_of(request), tweet, revision=revision_read(request))
    except Conflict as conflict:
        messages.error(request, conflict.message)
    else:
        messages.success(request, f"The tweet of {tweet.author.handle} appears now.")
    return redirect("held_tweets")


@_deciders
@require_POST
def take_down(request: HttpRequest, held_id: int) -> HttpResponse:
    tweet = held_tweet(held_id)
    form = TakeDownForm(request.POST, prefix=_prefix(tweet))
    if form.is_valid() and _is_taken_down(request, tweet, form):
        return redirect("held_tweets")
    return _page(request, failed={tweet.pk: form})


def _is_taken_down(request: HttpRequest, tweet: Tweet, form: TakeDownForm) -> bool:
    try:
        reason, revision = form.cleaned_data["reason"], revision_read(request)
        take_down_held(staff_of(request), tweet, reason, revision=revision)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    messages.success(request, f"Taken down. {tweet.author.handle} is told why.")
    return True


def _page(request: HttpRequest, failed: dict[int, TakeDownForm] | None = None) -> HttpResponse:
    tweets, next_url = page_of(request, held_tweets(), settings.REPORTS_PAGE_SIZE)
    forms = failed or {}
    rows = [
        (held, forms.get(held.tweet.pk) or TakeDownForm(prefix=_prefix(held.tweet)))
        for held in with_hits(tweets)
    ]
    context = {"rows": rows, "next_url": next_url}
    return staff_page(request, "held.html", "automatic", context, status=422 if failed else 200)


def _prefix(tweet: Tweet) -> str:
    return f"t{tweet.pk}"
