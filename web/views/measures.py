"""What staff did to somebody, for that person: the list, one measure, and the appeal."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from common.errors import Invalid, NotFound
from moderation.actions import appeal_measure
from moderation.links import measure_id_in, path_of
from moderation.queries import measure_by_id, measures_of
from web.forms.moderation import AppealForm
from web.pace import check_address


@login_required
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    rows = [(row, path_of(row.pk)) for row in measures_of(cast(User, request.user))]
    context = {"rows": rows, "nav": "settings", "section": "measures"}
    return render(request, "web/settings/measures.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, token: str) -> HttpResponse:
    """Opens for whoever has the mailed address, for who is suspended cannot log in. A POST appeals."""
    measure_id = measure_id_in(token)
    if measure_id is None:
        raise NotFound("This address is damaged. Look at the mail once more.")
    found = measure_by_id(measure_id)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        check_address(request, "appeals")
        if form.is_valid():
            try:
                appeal_measure(found.person, found, form.cleaned_data["text"])
            except Invalid as error:
                form.add_error("text", error.message)
            else:
                messages.success(request, "We read it, and write to you.")
                return redirect(path_of(found.pk))
    context = {"measure": found, "form": form, "person": found.person}
    return render(request, "web/measure.html", context, status=422 if form.errors else 200)
