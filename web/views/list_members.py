"""Who is on a list: adding by name, taking off, and all lists of one person on one page."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.errors import Invalid, NotFound
from common.paging import whole_id
from timelines.actions import add_to_list, choose_lists, remove_from_list
from timelines.queries import list_for, lists_of, lists_with, members_of
from web.forms.lists import MemberForm
from web.fragments import wants_fragment
from web.people import people_page
from web.views.lists import FORM
from web.views.profile import find_person, find_related


@login_required
@require_http_methods(FORM)
@vary_on_headers("HX-Request")
def members(request: HttpRequest, list_id: int) -> HttpResponse:
    people_list = list_for(request.user, list_id)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            person = find_person(form.cleaned_data["name"], request.user)
            add_to_list(cast(User, request.user), people_list, person)
        except (Invalid, NotFound) as error:
            form.add_error("name", error.message)
        else:
            messages.success(request, f"{person.handle} is on the list.")
            return redirect(f"{people_list.path}members/")
    page = people_page(request, members_of(people_list), "person")
    context = {"list": people_list, "form": form, "page": page, "nav": "lists"}
    template = "web/lists/_members.html" if wants_fragment(request) else "web/lists/members.html"
    return render(request, template, context, status=422 if form.errors else 200)


@login_required
@require_http_methods(FORM)
def remove(request: HttpRequest, list_id: int, handle: str) -> HttpResponse:
    people_list = list_for(request.user, list_id)
    if request.method == "POST":
        owner = cast(User, request.user)
        person = find_related(handle, owner)
        remove_from_list(owner, people_list, person)
        sentence = f"{person.handle} is no longer on the list."
        if wants_fragment(request):
            return render(request, "web/_answered.html", {"sentence": sentence})
        messages.success(request, sentence)
    return redirect(f"{people_list.path}members/")


@login_required
@require_http_methods(FORM)
def lists_of_person(request: HttpRequest, handle: str) -> HttpResponse:
    """Checkboxes, one for each of one's lists."""
    owner, person = cast(User, request.user), find_person(handle, request.user)
    error = ""
    chosen = lists_with(owner, person)
    if request.method == "POST":
        chosen = {an_id for text in request.POST.getlist("lists") if (an_id := whole_id(text))}
        try:
            choose_lists(owner, person, chosen)
        except Invalid as refusal:
            error = refusal.message
        else:
            messages.success(request, f"Your lists with {person.handle} are saved.")
            return redirect(person.path)
    context = {"person": person, "lists": lists_of(owner), "chosen": chosen, "error": error}
    return render(request, "web/lists/of_person.html", context, status=422 if error else 200)
