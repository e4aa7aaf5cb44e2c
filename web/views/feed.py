"""The feed: everyone's tweets, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from tweets.models import Tweet
from web.forms.tweet import Composer
from web.fragments import wants_fragment
from web.paging import feed_page


@require_safe
@vary_on_headers("HX-Request")
def feed(request: HttpRequest) -> HttpResponse:
    page = feed_page(request, Tweet.objects.visible_to(request.user))
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    return render(request, "web/feed.html", {"page": page, "composer": Composer.blank(), "nav": "home"})
