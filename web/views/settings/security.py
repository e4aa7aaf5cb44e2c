"""What protects the account beside the password: codes of an app, passkeys, recovery codes.

Every change asks who one is, unless that was proved a few minutes ago.
"""

from typing import cast
from urllib.parse import quote

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions
from accounts.models import User
from accounts.queries import second_step_of
from common.errors import HouseError, Invalid, NotFound
from common.naming import site_name
from web.forms.joining import AppForm, PasskeyForm
from web.pace import paced
from web.passkeys import ask_for_new, read_new
from web.qr import qr_svg

_NEW_KEY = "new_app_key"  # session: the key of an app that is being set up


@login_required
@require_safe
def security_settings(request: HttpRequest) -> HttpResponse:
    return _page(request, "security", has=second_step_of(_person(request)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@paced("second_step")
def app_for_codes(request: HttpRequest) -> HttpResponse:
    """Set one up, and see the recovery codes that come with it."""
    user = _confirmed(request)
    if user is None or second_step_of(user).app_since:
        return redirect("settings_security")
    secret = request.session.setdefault(_NEW_KEY, generate_totp_secret())
    form = AppForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            codes = actions.add_app(user, secret, form.cleaned_data["code"])
        except Invalid as error:
            form.add_error(error.field or None, error.message)
        else:
            del request.session[_NEW_KEY]
            messages.success(request, "The app is set up. From now on its codes are asked for.")
            return _codes(request, codes) if codes else redirect("settings_security")
    address = get_adapter().build_totp_url(user, secret)
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    drawing = qr_svg(address, "QR code with the key")
    return _page(request, "security_app", form=form, drawing=drawing, address=address, groups=groups)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@paced("second_step")
def remove_app(request: HttpRequest) -> HttpResponse:
    user = _recently_proved(request)
    if request.method != "POST":
        return _page(request, "security_remove", what="the app", has=second_step_of(user))
    actions.remove_app(user)
    messages.success(request, "No codes of an app are asked for any more.")
    return redirect("settings_security")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@paced("second_step")
def add_passkey(request: HttpRequest) -> HttpResponse:
    user = _confirmed(request)
    if user is None:
        return redirect("settings_security")
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            credential = read_new(form.cleaned_data["credential"])
            codes = actions.add_passkey(user, form.cleaned_data["name"], credential)
        except HouseError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The passkey is yours. It signs you in without a password.")
            return _codes(request, codes) if codes else redirect("settings_security")
    return _page(request, "security_passkey", form=form, passkey_options=ask_for_new(user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@paced("second_step")
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    user = _recently_proved(request)
    has = second_step_of(user)
    passkey = next((one for one in has.passkeys if one.id == passkey_id), None)
    if passkey is None:
        raise NotFound("This passkey does not exist any more.")
    if request.method != "POST":
        return _page(request, "security_remove", what=f"the passkey “{passkey.name}”", has=has)
    actions.remove_passkey(user, passkey_id)
    messages.success(request, "The passkey lets nobody in any more.")
    return redirect("settings_security")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@paced("second_step")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New ones, which are shown by the answer and never again."""
    user = _recently_proved(request)
    if request.method != "POST":
        return _page(request, "security_codes", has=second_step_of(user), codes=[])
    return _codes(request, actions.make_codes(user))


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    head = f"Recovery codes of {_person(request).handle} on {site_name()}, {timezone.now():%d %B %Y}"
    text = "\n".join([head, "Each works once.", "", *shown, ""])
    file = "data:text/plain;charset=utf-8," + quote(text)
    return _page(request, "security_codes", has=None, codes=shown, file=file)


def _page(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    form = context.get("form")
    status = 422 if isinstance(form, AppForm | PasskeyForm) and form.errors else 200
    frame = {"nav": "settings", "section": "security"}
    return render(request, f"web/settings/{template}.html", frame | context, status=status)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _recently_proved(request: HttpRequest) -> User:
    """The person, who has proved it lately; else they are asked, and come back here."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    return _person(request)


def _confirmed(request: HttpRequest) -> User | None:
    """The same, if the address is confirmed; else a word about it, and nobody."""
    if not _person(request).may_write:
        messages.info(request, "Confirm your e-mail address first, then you can protect your account.")
        return None
    return _recently_proved(request)
