"""What others did with a tweet: who liked it, who retweeted it, and the tweets that quote it."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from tweets.filtering import Context
from tweets.models import Tweet
from tweets.queries import likers_of, original_for, retweeters_of, unseen_quotes_of
from web.fragments import wants_fragment
from web.paging import cursor_page
from web.people import people_page
from web.views.tweet import stands_at

_Rows = Callable[[Tweet, User | AnonymousUser], QuerySet]  # type: ignore[type-arg]

_UNSEEN_SHOWN = 10


@require_safe
@vary_on_headers("HX-Request")
def likes(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    return _people(request, handle, tweet_id, "likes", likers_of, "person")


@require_safe
@vary_on_headers("HX-Request")
def retweets(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    return _people(request, handle, tweet_id, "retweets", retweeters_of, "author")


@require_safe
@vary_on_headers("HX-Request")
def quotes(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    tweet = original_for(request.user, tweet_id)
    if not stands_at(tweet, handle, tweet_id):
        return redirect(f"{tweet.path}/quotes", permanent=True)
    quoting = Tweet.objects.visible_to(request.user).filter(quote_of=tweet)
    page = cursor_page(request, quoting, Context.PUBLIC)
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    unseen = unseen_quotes_of(tweet, _UNSEEN_SHOWN) if tweet.author == request.user else []
    context = {"tweet": tweet, "page": page, "part": "quotes", "unseen": unseen}
    return render(request, "web/quotes.html", context)


def _people(
    request: HttpRequest, handle: str, tweet_id: int, part: str, rows: _Rows, whom: str
) -> HttpResponse:
    tweet = original_for(request.user, tweet_id)
    if not stands_at(tweet, handle, tweet_id):
        return redirect(f"{tweet.path}/{part}", permanent=True)
    page = people_page(request, rows(tweet, request.user), whom)
    if wants_fragment(request):
        return render(request, "web/_people.html", {"page": page})
    return render(request, "web/people_list.html", {"tweet": tweet, "page": page, "part": part})
