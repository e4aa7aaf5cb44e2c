"""All tweets with one hashtag."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.errors import NotFound
from common.languages import names_of
from timelines.queries import follows_tag
from tweets.actions import is_tag
from tweets.filtering import Context
from tweets.models import Tweet, TweetQuerySet
from tweets.queries import languages_of
from tweets.text import tag_key
from web.fragments import wants_fragment
from web.paging import cursor_page


@require_safe
@vary_on_headers("HX-Request")
def tag(request: HttpRequest, name: str) -> HttpResponse:
    if name != tag_key(name):
        if not is_tag(name):
            raise _no_tag()
        return redirect("tag", name=tag_key(name), permanent=True)
    languages = languages_of(request.user)
    page = cursor_page(request, tagged_tweets(request.user, name), Context.PUBLIC)
    # A folded tag need not be one any more (a letter may fold to two words), so tweets decide first.
    if page.is_empty and not is_tag(name):
        raise _no_tag()
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    context = {
        "tag": name,
        "page": page,
        "languages": names_of(languages),
        "follows": follows_tag(request.user, name),
        "live": f"tag:{name}" if page.is_first else "",
    }
    return render(request, "web/tag.html", context)


def tagged_tweets(viewer: User | AnonymousUser, name: str) -> TweetQuerySet:
    """What stands on the page of a tag, whose name is folded."""
    rows = Tweet.objects.visible_to(viewer).but_messages().offered_to(viewer)
    return rows.tagged(name).in_languages(languages_of(viewer))


def _no_tag() -> NotFound:
    return NotFound("No tweet can carry such a tag. Look at the spelling.")
