"""What a script tells when a link of a tweet is followed: that it was, for a number its author sees."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from analytics.actions import count_link
from common.errors import NotAllowed
from tweets.models import Tweet
from tweets.queries import original_for
from web.pace import check
from web.visitor_pages import changes_nothing


@csrf_exempt  # a visitor's page has no token; the browser says which page sends, and no other site's may
@require_POST
def opened_link(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    """Which link it was is not told. Browsers name the origin of every POST (Fetch standard, "Origin")."""
    if request.headers.get("Origin") not in settings.LIVE_ORIGINS:
        raise NotAllowed("Only pages of this site can tell that.")
    check(request, "clicks")
    tweet = original_for(request.user, tweet_id)
    if tweet.visibility != Tweet.Visibility.DIRECT:
        count_link(tweet.pk, tweet.author_id, request.META, request.user.pk)
    return changes_nothing(HttpResponse(status=204))
