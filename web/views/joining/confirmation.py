"""Proving that an e-mail address is one's own: “look into your mail”, the mailed link, another mail."""

from typing import cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import EmailAddress, EmailConfirmationHMAC, Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import mails
from accounts.models import User
from joining.queries import waiting_of
from web.forms.joining import ResendForm
from web.pace import may_mail
from web.views.mailbox import mailbox_path

_JOINING = "joining"  # session: who joined in this browser and has not confirmed yet
_GONE = 410


def remember_joining(request: HttpRequest, user: User) -> None:
    """Note in the visitor's session who they became, so that the mailed link can sign them in here."""
    request.session[_JOINING] = {"user_id": user.pk, "email": user.email}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email_sent(request: HttpRequest) -> HttpResponse:
    """Look into your mail. A POST asks for another one, with the same answer whoever asks."""
    email = _email_in_question(request)
    if request.user.is_authenticated and request.user.is_confirmed and not email:
        return redirect("feed")
    if request.method == "POST":
        form = ResendForm(request.POST if "email" in request.POST else {"email": email})
        if not form.is_valid():
            return _sent_page(request, email, form)
        _send_again(request, form.cleaned_data["email"])
        messages.success(request, "If that address waits for its confirmation, another mail is on its way.")
        return redirect("confirm_email_sent")
    return _sent_page(request, email, ResendForm(initial={"email": email}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: HttpRequest, key: str) -> HttpResponse:
    """The mailed link: it asks, and only a POST confirms, since mail programs open links by themselves."""
    confirmation = EmailConfirmationHMAC.from_key(key)
    if confirmation is None:
        return _expired(request)
    address = confirmation.email_address
    if request.method != "POST":
        context = {"email": address.email, "person": address.user}
        return render(request, "web/accounts/confirm_email.html", context)
    if confirmation.confirm(request) is None:
        return _expired(request)
    if waiting_of(cast(User, address.user)):
        messages.success(request, "Your address is confirmed. Now the people who run this server decide.")
        return redirect("feed")
    return _confirmed(request, cast(User, address.user))


def _email_in_question(request: HttpRequest) -> str:
    """The address this visitor waits to confirm, as far as this browser may know."""
    if request.user.is_authenticated:
        pending = EmailAddress.objects.get_new(request.user)
        return pending.email if pending else ("" if request.user.is_confirmed else request.user.email)
    joining = request.session.get(_JOINING)
    return str(joining["email"]) if joining else ""


def _sent_page(request: HttpRequest, email: str, form: ResendForm) -> HttpResponse:
    context = {"email_shown": email, "mailbox_path": mailbox_path(request), "form": form}
    return render(request, "web/accounts/look_into_your_mail.html", context)


def _send_again(request: HttpRequest, email: str) -> None:
    """One job whoever asks; whether anybody waits for that mail is found out by the job."""
    if may_mail(request, email):
        joining = request.session.get(_JOINING) or {}
        user_id = request.user.pk or (joining["user_id"] if joining.get("email") == email else None)
        mails.confirm_again.enqueue(email, user_id)


def _expired(request: HttpRequest) -> HttpResponse:
    context = {"expired": True, "email_shown": _email_in_question(request), "form": ResendForm()}
    return render(request, "web/accounts/confirm_email.html", context, status=_GONE)


def _confirmed(request: HttpRequest, user: User) -> HttpResponse:
    if request.user.is_authenticated:
        messages.success(request, f"The address of {user.handle} is confirmed.")
        return redirect("feed")
    joining = request.session.pop(_JOINING, None)
    if joining and joining["user_id"] == user.pk:
        messages.success(request, "Your address is confirmed. You can tweet now.")
        return perform_login(request, Login(user=user, redirect_url=resolve_url("welcome")))
    messages.success(request, "Your address is confirmed. Log in and start tweeting.")
    return redirect("login")
