"""All tweets with one hashtag."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from tweets.models import Tweet
from tweets.text import tag_key
from web.fragments import wants_fragment
from web.paging import cursor_page


@require_safe
@vary_on_headers("HX-Request")
def tag(request: HttpRequest, name: str) -> HttpResponse:
    if name != tag_key(name):
        return redirect("tag", name=tag_key(name), permanent=True)
    page = cursor_page(request, Tweet.objects.visible_to(request.user).tagged(name))
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    return render(request, "web/tag.html", {"tag": name, "page": page})
