"""Word filters: the list, a new one, changing one, deleting it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.errors import Invalid, NotFound
from relationships.actions import FilterDraft, change_filter, create_filter, delete_filter
from relationships.models import WordFilter
from relationships.queries import filters_of
from web.forms.filters import FIELDS, FilterForm

_PLACES = dict(FilterForm.base_fields["contexts"].choices)  # type: ignore[attr-defined]
_DOES = {
    WordFilter.Action.WARN: "Folded",
    WordFilter.Action.BLUR: "Pictures covered",
    WordFilter.Action.HIDE: "Left out",
}


@dataclass(frozen=True, slots=True)
class FilterRow:
    """One line of the list."""

    filter: WordFilter
    phrases: list[str]
    places: str
    has_ended: bool

    @property
    def does(self) -> str:
        return _DOES[WordFilter.Action(self.filter.action)]


@login_required
@require_safe
def filters(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    rows = [_row(one, one.has_ended(now)) for one in filters_of(_person(request))]
    return _page(request, "web/settings/filters.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_saved(form, lambda draft: create_filter(_person(request), draft)):
        messages.success(request, "The filter works from now on.")
        return redirect("settings_filters")
    return _page(request, "web/settings/filter.html", {"form": form, "filter": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, filter_id: int) -> HttpResponse:
    found = filters_of(_person(request)).filter(pk=filter_id).first()
    if found is None:
        raise NotFound("This filter does not exist any more.")
    form = FilterForm(request.POST if request.method == "POST" else None, changed=found)
    if form.is_valid() and _is_saved(form, lambda draft: change_filter(_person(request), found.pk, draft)):
        messages.success(request, "Saved.")
        return redirect("settings_filters")
    return _page(request, "web/settings/filter.html", {"form": form, "filter": found})


@login_required
@require_POST
def destroy(request: HttpRequest, filter_id: int) -> HttpResponse:
    delete_filter(_person(request), filter_id)
    messages.success(request, "The filter is gone.")
    return redirect("settings_filters")


def _is_saved(form: FilterForm, save: Callable[[FilterDraft], object]) -> bool:
    """What the action refuses is said beside the field, and nothing that was typed is lost."""
    try:
        save(form.to_draft())
    except Invalid as error:
        form.add_error(FIELDS.get(error.field), error.message)
        return False
    return True


def _row(one: WordFilter, has_ended: bool) -> FilterRow:
    places = [str(_PLACES[context]) for context in WordFilter.Context.values if context in one.contexts]
    everywhere = len(places) == len(_PLACES)
    phrases = [keyword.phrase for keyword in one.keywords.all()]
    return FilterRow(one, phrases, "everywhere" if everywhere else ", ".join(places), has_ended)


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    form = context.get("form")
    status = 422 if isinstance(form, FilterForm) and form.errors else 200
    return render(request, template, {**context, "nav": "settings", "section": "filters"}, status=status)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
