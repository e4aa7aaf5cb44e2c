"""A new password for those who know the present one."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from web.forms.joining import PasswordChangeForm
from web.pace import paced


@method_decorator(paced("change_password"), name="dispatch")
class PasswordSettings(allauth_views.PasswordChangeView):
    """This session goes on under a new key; every other one of the person is dead."""

    template_name = "web/settings/password.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("settings_password")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        end_other_sessions(self.request, self.request.user)
        return response

    def get_success_url(self) -> str:
        return str(self.success_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": kwargs.get("form") or self.get_form(), "nav": "settings", "section": "password"}
