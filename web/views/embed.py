"""A tweet framed by other sites: the page in the frame, the code for it, and oEmbed (oembed.com)."""

import re
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from common.errors import NotFound
from common.naming import site_name
from common.paging import whole_id
from tweets.cards import TweetCard
from tweets.queries import original_for
from web.embedding import embedded_card, frame_of
from web.outside import outside_address
from web.views.tweet import stands_at

_TWEET = re.compile(r"/@[^/]{1,200}/(\d{1,19})/?", re.ASCII)
_FOR_OTHER_SITES = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-cache",  # what was deleted or hidden is gone from other sites at once
}


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE]})  # type: ignore[arg-type]
@require_safe
def embed(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    """Looks the same for everybody: it is drawn without the request, so no cookie is read or set."""
    card: TweetCard | None
    try:
        card = embedded_card(tweet_id)
    except NotFound:
        card = None
    page = render_to_string("web/embed.html", {"card": card, "site_name": site_name()})
    return HttpResponse(page, status=200 if card else 404, headers=_FOR_OTHER_SITES)


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # the library's type knows no arguments
@require_safe
def embed_code(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    """The code to copy, and how it will look."""
    tweet = original_for(request.user, tweet_id)
    if not stands_at(tweet, handle, tweet_id):
        return redirect(f"{tweet.path}/embed-code", permanent=True)
    card = embedded_card(tweet_id)
    return render(request, "web/embed_code.html", {"card": card, "frame": frame_of(card)})


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """For sites that turn a link to a tweet into the tweet. What is not for everybody is not there."""
    if request.GET.get("format", "json") != "json":
        return _answer({"error": "Only JSON is spoken here."}, status=501)
    try:
        card = embedded_card(_tweet_id(request.GET.get("url", "")))
    except NotFound as error:
        return _answer({"error": error.message}, status=404)
    frame = frame_of(
        card, whole_id(request.GET.get("maxwidth", "")), whole_id(request.GET.get("maxheight", ""))
    )
    return _answer(
        {
            "version": "1.0",
            "type": "rich",
            "title": f"Tweet by {card.author.shown_name}",
            "author_name": card.author.shown_name,
            "author_url": outside_address(card.author.path),
            "provider_name": site_name(),
            "provider_url": settings.SITE_URL,
            "cache_age": 3600,
            "html": frame.html,
            "width": frame.width,
            "height": frame.height,
        }
    )


def _tweet_id(url: str) -> int:
    """Raises NotFound for what is no address of a tweet of ours."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    found = _TWEET.fullmatch(parts.path)
    tweet_id = whole_id(found[1]) if found else None
    if tweet_id is None or parts.scheme not in ("http", "https") or parts.netloc != settings.SITE_HOST:
        raise NotFound("This is no address of a tweet here.")
    return tweet_id


def _answer(said: dict[str, object], status: int = 200) -> JsonResponse:
    """Any site may read it: it holds nothing that depends on who asks."""
    headers = {**_FOR_OTHER_SITES, "Access-Control-Allow-Origin": "*"}
    return JsonResponse(said, status=status, headers=headers)
