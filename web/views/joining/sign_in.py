"""Logging in and out, and typing the password once more before something that matters."""

from typing import Any, cast

from allauth.account import views as allauth_views
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator

from web.forms import joining as forms
from web.pace import check_address, paced


@method_decorator(paced("login", check_address), name="dispatch")
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
        return {"form": kwargs.get("form") or self.get_form(), "next": self.get_next_url() or ""}


class LogOut(allauth_views.LogoutView):
    """A GET asks, a POST does it."""

    template_name = "web/accounts/logout.html"


@method_decorator(paced("reauthenticate"), name="dispatch")
class Reauthenticate(allauth_views.ReauthenticateView):
    template_name = "web/accounts/reauthenticate.html"
    form_class = forms.ReauthenticateForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        next_url = self.get_next_url() or ""
        return {"form": kwargs.get("form") or self.get_form(), "next": next_url, "nav": "settings"}

    def form_invalid(self, form: forms.ReauthenticateForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))
