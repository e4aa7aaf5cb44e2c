"""Whom a person follows, and who follows them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from relationships.queries import followed_by, followers_of
from web.fragments import wants_fragment
from web.people import PeoplePage, people_page
from web.views.profile import find_person


@require_safe
@vary_on_headers("HX-Request")
def following(request: HttpRequest, handle: str) -> HttpResponse:
    return _network(request, handle, "following")


@require_safe
@vary_on_headers("HX-Request")
def followers(request: HttpRequest, handle: str) -> HttpResponse:
    return _network(request, handle, "followers")


def _network(request: HttpRequest, handle: str, part: str) -> HttpResponse:
    person = find_person(handle, request.user)
    if person.username != handle:
        return redirect(f"{person.path}/{part}", permanent=True)
    is_me = request.user.pk == person.pk
    if person.hides_network and not is_me:
        page = PeoplePage(rows=[], next_url="", is_first=True)
    elif part == "following":
        page = people_page(request, followed_by(person, request.user), "followed")
    else:
        page = people_page(request, followers_of(person, request.user), "follower")
    if wants_fragment(request):
        return render(request, "web/_people.html", {"page": page})
    context = {
        "person": person,
        "page": page,
        "part": part,
        "is_me": is_me,
        "is_hidden": person.hides_network and not is_me,
    }
    return render(request, "web/network.html", context)
