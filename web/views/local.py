"""Local: what everybody here says first-hand, newest first."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from tweets.filtering import Context
from tweets.models import Tweet, TweetQuerySet
from web.forms.tweet import Composer
from web.fragments import wants_fragment
from web.paging import CardPage, feed_page


@require_safe
@vary_on_headers("HX-Request")
def local(request: HttpRequest) -> HttpResponse:
    page = local_page(request, Context.PUBLIC)
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    context = {"page": page, "composer": Composer.blank(), "nav": "home"}
    return render(request, "web/local.html", context)


def local_page(request: HttpRequest, context: Context) -> CardPage:
    return feed_page(request, local_tweets(request.user), context)


def local_tweets(viewer: User | AnonymousUser) -> TweetQuerySet:
    return Tweet.objects.visible_to(viewer).on_public_timelines().unmuted_by(viewer)
