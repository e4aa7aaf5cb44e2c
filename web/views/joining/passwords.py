"""A forgotten password: asking for a mail, and choosing a new one behind its link."""

from typing import Any

from allauth.account import views as allauth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from accounts import actions, mails
from accounts.models import User
from common.errors import Invalid
from joining.actions import prove_email
from web.devices import remember
from web.forms.joining import NewPasswordForm, PasswordResetForm
from web.pace import check_address, check_named, paced
from web.views.mailbox import mailbox_path

_GONE = 410


class PasswordReset(allauth_views.PasswordResetView):
    """Always answers “sent”: whether there is such a person is found out later, by the job that mails."""

    template_name = "web/accounts/password_reset.html"
    form_class = PasswordResetForm

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        check_address(self.request, "reset_password")
        check_named(self.request, "reset_password_mail", email)
        mails.reset_password.enqueue(email)
        return redirect("password_reset_sent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": kwargs.get("form") or self.get_form()}


@require_safe
def password_reset_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accounts/password_reset_sent.html", {"mailbox_path": mailbox_path(request)})


@method_decorator(paced("reset_password_key", check_address), name="dispatch")
class PasswordResetKey(allauth_views.PasswordResetFromKeyView):
    template_name = "web/accounts/password_reset_key.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("password_reset_done")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        user: User = self.reset_user
        response = super().form_valid(form)
        actions.end_sessions(user.pk)
        _confirm_by_the_way(user)
        # Whoever reads the mail is the owner: however many strangers guess, this device has tries of its own.
        remember(self.request, response, user)
        return response

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if context.get("expired"):
            kwargs["status"] = _GONE
        response: HttpResponse = super().render_to_response(context, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if kwargs.get("token_fail"):
            return {"expired": True, "retry_path": reverse("password_reset")}
        return {"form": kwargs.get("form") or self.get_form(), "person": self.reset_user}


@require_safe
def password_reset_done(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accounts/password_reset_done.html")


def _confirm_by_the_way(user: User) -> None:
    """Who got the mail has proved the address too, unless it became someone else's meanwhile."""
    if not user.is_confirmed and user.email:
        try:
            prove_email(user)
        except Invalid:
            return
