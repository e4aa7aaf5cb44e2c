"""Leaving: what happens, and the password once more."""

from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from accounts.actions import leave
from accounts.models import User
from web.forms.joining import LeaveForm
from web.pace import paced


@login_required
@paced("reauthenticate")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = LeaveForm(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    leave(user)
    logout(request)
    day = date_format(cast(datetime, user.leaves_at), "j F Y")
    messages.info(request, f"Your account will be deleted on {day}. Log in before then to keep it.")
    return redirect("login")


def _page(request: HttpRequest, form: LeaveForm) -> HttpResponse:
    context = {
        "form": form,
        "days": settings.LEAVING_DAYS,
        "leaves_at": timezone.now() + timedelta(days=settings.LEAVING_DAYS),
        "nav": "settings",
        "section": "account",
    }
    return render(request, "web/settings/delete.html", context, status=422 if form.errors else 200)
