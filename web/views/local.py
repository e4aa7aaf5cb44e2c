"""Local: what everybody here says first-hand, newest first."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.languages import names_of
from tweets.filtering import Context
from tweets.models import Tweet, TweetQuerySet
from tweets.queries import ids_in_languages, languages_of
from web.forms.tweet import Composer
from web.fragments import wants_fragment
from web.paging import CardPage, feed_page, window_page


@require_safe
@vary_on_headers("HX-Request")
def local(request: HttpRequest) -> HttpResponse:
    languages = languages_of(request.user)
    page = _page_in(request, languages) if languages else local_page(request, Context.PUBLIC)
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    context = {
        "page": page,
        "languages": names_of(languages),
        "composer": Composer.blank(request.user),
        "nav": "home",
        "live": "local" if page.is_first else "",
    }
    return render(request, "web/local.html", context)


def _page_in(request: HttpRequest, languages: tuple[str, ...]) -> CardPage:
    """What the reader's languages leave. It has no numbered pages: nobody has counted them for these."""
    rows = local_tweets(request.user)
    return window_page(request, lambda window: ids_in_languages(rows, languages, window), Context.PUBLIC)


def local_page(request: HttpRequest, context: Context) -> CardPage:
    return feed_page(request, local_tweets(request.user), context)


def local_tweets(viewer: User | AnonymousUser) -> TweetQuerySet:
    return Tweet.objects.visible_to(viewer).on_public_timelines().offered_to(viewer)
