"""The e-mail address of one's account: changing it, asking for the mail again, thinking better of it."""

from typing import cast

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions import claim_email, drop_claim
from accounts.models import User
from web.forms.joining import EmailChangeForm
from web.pace import may_mail, paced


@login_required
@paced("manage_email")
@require_http_methods(["GET", "HEAD", "POST"])
def account_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method != "POST":
        return _page(request, EmailChangeForm(user))
    if "resend" in request.POST:
        return _resend(request, user)
    if "cancel" in request.POST:
        drop_claim(user)
        messages.success(request, "Your address stays as it is.")
        return redirect("settings_account")
    return _change(request, user)


def _change(request: HttpRequest, user: User) -> HttpResponse:
    form = EmailChangeForm(user, request.POST)
    if not form.is_valid():
        return _page(request, form)
    raise_if_reauthentication_required(request, app="allauth.account")
    address = claim_email(user, form.cleaned_data["email"])
    if may_mail(request, address.email):
        send_verification_email_to_address(request, address)
    messages.success(request, f"Now look into the mailbox of {address.email} and follow the link.")
    return redirect("settings_account")


def _resend(request: HttpRequest, user: User) -> HttpResponse:
    pending = _pending(user)
    if pending and may_mail(request, pending.email):
        send_verification_email_to_address(request, pending, signup=not user.is_confirmed)
        messages.success(request, f"Another mail is on its way to {pending.email}.")
    elif pending:
        messages.info(request, "We have just sent one. Wait a minute before you ask for another.")
    return redirect("settings_account")


def _page(request: HttpRequest, form: EmailChangeForm) -> HttpResponse:
    user = cast(User, request.user)
    pending = _pending(user) if user.is_confirmed else None
    context = {
        "form": form,
        "email": user.email,
        "confirmed": user.is_confirmed,
        "pending": pending.email if pending else "",
        "nav": "settings",
        "section": "account",
    }
    return render(request, "web/settings/account.html", context, status=422 if form.errors else 200)


def _pending(user: User) -> EmailAddress | None:
    """The address that waits for its confirmation, the one of joining included."""
    found: EmailAddress | None = EmailAddress.objects.get_new(user)
    return found
