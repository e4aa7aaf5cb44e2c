"""What one prefers: how to read, and what a new tweet begins with."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions import set_time_zone, update_posting, update_reading
from accounts.models import User
from common.errors import Invalid
from web.forms.preferences import PostingForm, ReadingForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = ReadingForm(request.POST if request.method == "POST" else None, initial=ReadingForm.now(user))
    if form.is_valid():
        try:
            update_reading(user, **form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, "Saved.")
            return redirect("settings_reading")
    context = {"form": form, "nav": "settings", "section": "reading"}
    return render(request, "web/settings/reading.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = PostingForm(request.POST if request.method == "POST" else None, initial=PostingForm.now(user))
    if form.is_valid():
        set_time_zone(user, form.cleaned_data.pop("time_zone"))
        update_posting(user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("settings_posting")
    context = {"form": form, "nav": "settings", "section": "posting"}
    return render(request, "web/settings/posting.html", context, status=422 if form.errors else 200)
