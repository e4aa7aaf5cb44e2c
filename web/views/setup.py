"""The first run: it is here as long as there is no owner, and then it is not."""

from typing import cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.errors import Invalid
from common.naming import site_name
from joining.founding import found_server, has_owner
from web.forms.setup import SetupForm
from web.pace import check_address, paced


@never_cache
@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
@paced("setup", check_address)
def setup(request: HttpRequest) -> HttpResponse:
    if has_owner():
        raise Http404
    initial = {"site_name": site_name()}
    form = SetupForm(request.POST if request.method == "POST" else None, initial=initial)
    owner = _founded(form) if form.is_valid() else None
    if owner is None:
        return render(request, "web/setup.html", {"form": form}, status=422 if form.errors else 200)
    messages.success(request, f"{site_name()} is yours. Rules, terms and roles are under More, Moderation.")
    return cast(HttpResponse, perform_login(request, Login(user=owner, redirect_url=resolve_url("feed"))))


def _founded(form: SetupForm) -> User | None:
    said = form.cleaned_data
    try:
        return found_server(
            said["code"],
            username=said["username"],
            email=said["email"],
            password=said["password"],
            site_name=said["site_name"],
            purpose=said["purpose"],
        )
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None
