"""A person's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.queries import by_handle
from common.errors import NotFound
from tweets.models import Tweet
from web.fragments import wants_fragment
from web.paging import cursor_page


@require_safe
@vary_on_headers("HX-Request")
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    if person.username != handle:
        return redirect(person.path, permanent=True)
    page = cursor_page(request, Tweet.objects.visible_to(request.user).by(person))
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    is_me = request.user.pk == person.pk
    context = {"person": person, "page": page, "is_me": is_me, "nav": "profile" if is_me else ""}
    return render(request, "web/profile.html", context)


def find_person(handle: str, viewer: object = None) -> User:
    """The active person of that name. Raises NotFound, with the same words for unknown and suspended."""
    person = by_handle(handle, viewer)
    if person is None or not person.is_active:
        raise NotFound(f"There is nobody called @{handle[:30]} here, or the account is suspended.")
    return person
