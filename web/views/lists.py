"""Lists of people: all of them, one to read, and changing it. Nobody but their owner gets here."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.errors import Invalid
from relationships.models import WordFilter
from timelines.actions import create_list, delete_list, update_list
from timelines.queries import list_for, list_ids, lists_of
from web.forms.lists import ListForm
from web.fragments import wants_fragment
from web.paging import window_page

FORM = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    return render(request, "web/lists/lists.html", {"lists": lists_of(_owner(request)), "nav": "lists"})


@login_required
@require_http_methods(FORM)
def create(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            people_list = create_list(_owner(request), **form.cleaned_data)
        except Invalid as error:
            _blame(form, error)
        else:
            messages.success(request, f"“{people_list.title}” is made. Now put people on it.")
            return redirect(f"{people_list.path}members/")
    return _form(request, form, {"heading": "New list", "back": "/lists/"})


@login_required
@require_safe
@vary_on_headers("HX-Request")
def timeline(request: HttpRequest, list_id: int) -> HttpResponse:
    people_list = list_for(request.user, list_id)
    page = window_page(request, lambda window: list_ids(people_list, window), WordFilter.Context.HOME)
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    live = f"list:{list_id}" if page.is_first else ""
    context = {"list": people_list, "page": page, "nav": "lists", "live": live}
    return render(request, "web/lists/timeline.html", context)


@login_required
@require_http_methods(FORM)
def edit(request: HttpRequest, list_id: int) -> HttpResponse:
    people_list = list_for(request.user, list_id)
    if request.method != "POST":
        form = ListForm(initial={name: getattr(people_list, name) for name in ListForm.base_fields})
    else:
        form = ListForm(request.POST)
        if form.is_valid():
            try:
                update_list(_owner(request), people_list, **form.cleaned_data)
            except Invalid as error:
                _blame(form, error)
            else:
                messages.success(request, "The list is saved.")
                return redirect(people_list.path)
    return _form(request, form, {"heading": "Edit list", "back": people_list.path, "list": people_list})


@login_required
@require_http_methods(FORM)
def delete(request: HttpRequest, list_id: int) -> HttpResponse:
    people_list = list_for(request.user, list_id)
    if request.method != "POST":
        return render(request, "web/lists/delete.html", {"list": people_list, "nav": "lists"})
    delete_list(_owner(request), people_list)
    messages.success(request, f"“{people_list.title}” is deleted.")
    return redirect("lists")


def _owner(request: HttpRequest) -> User:
    return cast(User, request.user)


def _blame(form: ListForm, error: Invalid) -> None:
    form.add_error(error.field if error.field in form.fields else None, error.message)


def _form(request: HttpRequest, form: ListForm, context: dict[str, Any]) -> HttpResponse:
    context |= {"form": form, "nav": "lists"}
    return render(request, "web/lists/form.html", context, status=422 if form.errors else 200)
