"""Joining: the form, and the live check of the name."""

from typing import Any, cast

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.account.views import SignupView
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from common.errors import Invalid, NotAllowed
from joining.actions import BAD_INVITE, check_door
from joining.queries import invite_by, policy
from web.adapter import Joining
from web.forms.joining import RegistrationForm
from web.pace import check_address, may_mail, paced
from web.views.joining.confirmation import remember_joining


@method_decorator(paced("sign_up", check_address), name="dispatch")
class Register(SignupView):
    """Answers the same whatever the address: the page “look into your mail”, with nobody signed in."""

    template_name = "web/accounts/register.html"
    form_class = RegistrationForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where nobody may join, and where they need an invite that they do not have, a page says so."""
        self.policy = policy()
        self.code = request.GET.get("invite", "")[:64]
        self.invite = invite_by(self.code)
        if request.user.is_anonymous:
            try:
                check_door(self.policy, is_invited=self.invite is not None)
            except NotAllowed as error:
                sentence = BAD_INVITE if self.code and self.policy.mode != "closed" else error.message
                return render(request, "web/accounts/closed.html", {"sentence": sentence}, status=403)
        return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))

    def get_form_kwargs(self) -> dict[str, Any]:
        wants_reason = self.policy.mode == "approval" and self.invite is None
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs | {
            "wants_reason": wants_reason,
            "invite": self.code if self.invite else "",  # one that is worth nothing is no hindrance
            "least_seconds": self.policy.least_seconds,
        }

    def form_valid(self, form: RegistrationForm) -> HttpResponse:
        try:
            user = form.save(self.request)
        except Invalid as error:
            field = error.field if error.field in form.fields else None
            form.add_error(field, error.message)
            return self.form_invalid(form)
        address = EmailAddress.objects.get(user=user, email=user.email)
        if may_mail(self.request, address.email):
            send_verification_email_to_address(self.request, address, signup=True)
        remember_joining(self.request, user)
        return redirect("confirm_email_sent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Not the mixin's own: it would put an address from the query string into the form.
        form = kwargs.get("form") or self.get_form()
        return {"form": form, "invited_by": self.invite.made_by if self.invite else None}


@require_safe
def check_username(request: HttpRequest) -> HttpResponse:
    """A fragment for the form: whether the name is free, while it is typed."""
    check_address(request, "names", "You check names very quickly. Wait a minute.")
    username = request.GET.get("username", "")
    state, message = "good", f"Free. People will find you as @{username}"
    try:
        Joining(request).clean_username(username)
    except forms.ValidationError as error:
        message = error.messages[0]
        state = "taken" if "taken" in message else "invalid"
    return render(request, "web/accounts/_username_check.html", {"state": state, "message": message})
