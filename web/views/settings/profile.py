"""One's own profile: words and pictures."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions import update_profile
from accounts.models import User
from common.errors import Invalid
from web.forms.profile import ProfileForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_settings(request: HttpRequest) -> HttpResponse:
    person = User.objects.get(pk=cast(User, request.user).pk)  # with the texts that request.user left out
    if request.method != "POST":
        return _page(request, ProfileForm.of(person), person)
    form = ProfileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            update_profile(person, **form.values())
        except Invalid as error:
            form.add_error(error.field or _blamed(form), error.message)
        else:
            messages.success(request, "Your profile is saved.")
            return redirect("settings_profile")
    return _page(request, form, person)


def _page(request: HttpRequest, form: ProfileForm, person: User) -> HttpResponse:
    context = {"form": form, "person": person, "nav": "settings", "section": "profile"}
    return render(request, "web/settings/profile.html", context, status=422 if form.errors else 200)


def _blamed(form: ProfileForm) -> str | None:
    """The picture a nameless complaint is about, if only one was sent."""
    sent = [name for name in ("avatar", "header") if form.cleaned_data[name]]
    return sent[0] if len(sent) == 1 else None
