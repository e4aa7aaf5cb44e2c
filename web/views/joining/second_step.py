"""After the password: a code or a passkey, for those who asked for it. And a passkey in place of both."""

from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.models import User
from accounts.queries import second_step_of
from common.errors import Invalid
from web.devices import device_of
from web.forms.joining import CodeForm
from web.pace import check_device, paced
from web.passkeys import ask_for_known, read_known


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@paced("login", check_device)
def second_step(request: HttpRequest) -> HttpResponse:
    """For whoever has just given the right password in this browser."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or stage.login.user is None:
        return redirect("login")
    user, form = cast(User, stage.login.user), CodeForm()
    if request.method != "POST":
        return _page(request, user, form)
    if "cancel" in request.POST:
        return cast(HttpResponse, stage.abort())
    if "credential" in request.POST:
        try:
            actions.note_use(read_known(request.POST["credential"], user))
        except Invalid as error:
            return _page(request, user, form, error.message)
        return cast(HttpResponse, stage.exit())
    form = CodeForm(request.POST)
    if form.is_valid():
        if is_right_code(request, user, form.cleaned_data["code"]):
            return cast(HttpResponse, stage.exit())
        form.add_error("code", "This code is not right. Each works once, those of an app for half a minute.")
    return _page(request, user, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """What to ask the browser for, as JSON; and its answer, which says who it is and proves it."""
    check_device(request, "login")
    if request.method != "POST":
        return HttpResponse(ask_for_known(), content_type="application/json")
    way_back = get_next_redirect_url(request)
    try:
        passkey = read_known(request.POST.get("credential", ""))
    except Invalid as error:
        messages.error(request, error.message)
        return redirect(f"{reverse('login')}?{urlencode({'next': way_back})}" if way_back else "login")
    record_authentication(request, passkey.user, "mfa", id=passkey.pk, type=passkey.type, passwordless=True)
    actions.note_use(passkey)
    return perform_login(request, Login(user=passkey.user, redirect_url=way_back))


def is_right_code(request: HttpRequest, user: User, code: str) -> bool:
    """Whether this is a code of the person, used up by asking. Raises TooMany, NotNow."""
    device = device_of(request)
    known_as = device.name if device.knows(user) else ""
    actions.count_code(str(request.META.get("REMOTE_ADDR", "")), user.pk, known_as)
    return actions.use_code(user, code)


def _page(request: HttpRequest, user: User, form: CodeForm, trouble: str = "") -> HttpResponse:
    has = second_step_of(user)
    context = {
        "form": form,
        "person": user,
        "has": has,
        "passkey_options": ask_for_known(user) if has.passkeys else "",
        "trouble": trouble,
    }
    status = 422 if trouble or form.errors else 200
    return render(request, "web/accounts/second_step.html", context, status=status)
