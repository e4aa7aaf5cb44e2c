"""Programs that register themselves."""

from typing import Any, cast

from django.http import HttpResponse
from rest_framework import serializers

from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Input, Many, Text
from api.shapes.pushes import server_key
from clients.actions import register_app
from clients.models import App
from clients.queries import Access


class AppInput(Input):
    """The addresses come as a list, or as one text with an address on each line."""

    client_name = Text()
    redirect_uris = Many(child=serializers.CharField(allow_blank=True))
    scopes = Text(default="", allow_null=True)
    website = Text(default="", allow_null=True)


@takes(AppInput)
def create(request: ApiRequest) -> HttpResponse:
    """Register an app."""
    wanted = AppInput.read(request)
    addresses = [line for text in wanted["redirect_uris"] for line in text.split()]
    app, secret = register_app(
        wanted["client_name"], addresses, wanted["scopes"] or "", wanted["website"] or ""
    )
    return answer(
        {**_shape(app), "client_id": app.client_id, "client_secret": secret, "client_secret_expires_at": 0}
    )


def verify_credentials(request: ApiRequest) -> HttpResponse:
    """The app behind the token."""
    access = cast(Access, request.auth)
    return answer(_shape(App.objects.get(pk=access.app_id)))


def _shape(app: App) -> dict[str, Any]:
    return {
        "id": str(app.pk),
        "name": app.name,
        "website": app.website or None,
        "scopes": app.scopes.split(),
        "redirect_uris": app.redirect_uris,
        "redirect_uri": "\n".join(app.redirect_uris),
        "vapid_key": server_key(),
    }
