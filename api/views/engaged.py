"""Who liked and spread a tweet, what quotes it, and what one likes and keeps oneself."""

from django.http import HttpResponse

from api.authentication import ApiRequest
from api.described import Page, takes
from api.views.pages import kept_page, people_page, status_page
from api.views.statuses import answer_with
from common.errors import NotFound
from tweets.actions import detach_quote
from tweets.models import Bookmark, Like, Tweet
from tweets.queries import likers_of, original_for, quote_for, retweeters_of


@takes(Page)
def favourited_by(request: ApiRequest, status_id: int) -> HttpResponse:
    """Who liked it."""
    return people_page(request, likers_of(original_for(request.user, status_id), request.user), "person_id")


@takes(Page)
def reblogged_by(request: ApiRequest, status_id: int) -> HttpResponse:
    """Who spread it."""
    tweet = original_for(request.user, status_id)
    return people_page(request, retweeters_of(tweet, request.user), "author_id")


@takes(Page)
def quotes(request: ApiRequest, status_id: int) -> HttpResponse:
    """What quotes it."""
    tweet = original_for(request.user, status_id)
    rows = Tweet.objects.visible_to(request.user).but_messages().filter(quote_of=tweet)
    return status_page(request, lambda window: window.ids(rows))


def revoke_quote(request: ApiRequest, status_id: int, quoting_status_id: int) -> HttpResponse:
    """Take one's own words out of somebody's quote."""
    quote = quote_for(request.user, quoting_status_id)
    if quote.quote_of_id != status_id:
        raise NotFound
    detach_quote(request.user, quote)
    return answer_with(request, quoting_status_id)


@takes(Page)
def favourites(request: ApiRequest) -> HttpResponse:
    """What one likes, the latest like first."""
    return kept_page(request, Like.objects.filter(person_id=request.user.pk))


@takes(Page)
def bookmarks(request: ApiRequest) -> HttpResponse:
    """What one keeps, the latest kept first."""
    return kept_page(request, Bookmark.objects.filter(person_id=request.user.pk))
