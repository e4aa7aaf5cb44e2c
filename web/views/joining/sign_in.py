"""Logging in and out, and proving once more who one is before something that matters."""

from typing import Any, cast

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from accounts.actions import note_use
from accounts.models import User
from accounts.queries import SecondStep, second_step_of
from common.errors import Invalid
from web.forms import joining as forms
from web.pace import check_device, paced
from web.passkeys import ask_for_known, read_known
from web.views.joining.second_step import is_right_code


@method_decorator(paced("login", check_device), name="dispatch")
class LogIn(allauth_views.LoginView):
    """With `again` also for whoever is logged in: an app asks for another account. Until the new one is
    proved the old session stays as it is.
    """

    template_name = "web/accounts/login.html"
    form_class = forms.LoginForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "again" in request.GET:
            request.user = AnonymousUser()
        return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        next_url = self.get_next_url() or ""
        way = f"?{urlencode({'next': next_url})}" if next_url else ""
        form = kwargs.get("form") or self.get_form()
        return {"form": form, "next": next_url, "passkey_path": reverse("log_in_by_passkey") + way}


class LogOut(allauth_views.LogoutView):
    """A GET asks, a POST does it."""

    template_name = "web/accounts/logout.html"


@method_decorator(paced("reauthenticate"), name="dispatch")
class Reauthenticate(allauth_views.ReauthenticateView):
    """By the password, or by the second step for those who have one."""

    template_name = "web/accounts/reauthenticate.html"
    form_class = forms.ReauthenticateForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = cast(User, request.user)
        try:
            if "credential" in request.POST:
                note_use(read_known(request.POST["credential"], user))
            elif "code" not in request.POST:
                return cast(HttpResponse, super().post(request, *args, **kwargs))
            elif not is_right_code(request, user, request.POST["code"]):
                raise Invalid("This code is not right.")
        except Invalid as error:
            return self.render_to_response(self.get_context_data(trouble=error.message), status=422)
        record_authentication(request, user, "second step", reauthenticated=True)
        return cast(HttpResponse, super(allauth_views.ReauthenticateView, self).form_valid(self.get_form()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        has: SecondStep = second_step_of(user)
        trouble = kwargs.get("trouble", "")
        return {
            # What was typed elsewhere on the page is no password.
            "form": kwargs.get("form") or (self.form_class(user=user) if trouble else self.get_form()),
            "code_form": forms.CodeForm() if has.is_on else None,
            "passkey_options": ask_for_known(user) if has.passkeys else "",
            "trouble": trouble,
            "next": self.get_next_url() or "",
            "nav": "settings",
        }

    def form_invalid(self, form: forms.ReauthenticateForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))
