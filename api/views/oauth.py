"""Tokens for apps: given, given back, and who stands behind one. The page that asks a person is in `web`."""

from typing import cast

from django.conf import settings
from django.http import HttpResponse
from rest_framework import serializers

from accounts.actions import attempt_was_right, count_attempt
from accounts.models import User
from api.answers import answer, encoded
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Input, Text, values_of
from api.pace import address_of
from api.shapes.values import absolute
from clients import protocol, scopes

_GRANTS = ["authorization_code", "client_credentials", "password"]
_OK = 200
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class _TokenInput(Input):
    """Read by the protocol itself (clients/protocol.py), which answers in its own words."""

    grant_type = serializers.ChoiceField(
        _GRANTS, help_text="A code that a person gave, or the app for itself; password is for tests."
    )
    client_id = Text(help_text="Of the app; both may stand in the header Authorization: Basic instead.")
    client_secret = Text(required=False)
    code = Text(required=False, help_text="What the person's page led back with.")
    redirect_uri = Text(required=False, help_text="The same as there.")
    code_verifier = Text(required=False, help_text="Needed where a code_challenge was sent.")
    scope = Text(required=False, help_text="Of an app for itself; read if nothing is said.")


class _RevocationInput(Input):
    client_id = Text()
    client_secret = Text(required=False)
    token = Text(help_text="The one that shall open nothing any more.")


@takes(_TokenInput)
def token(request: ApiRequest) -> HttpResponse:
    """Exchange a code, or the app's own credentials, for a token."""
    parameters = _parameters(request)
    asked = dict(parameters)
    is_attempt = settings.OAUTH_PASSWORD_GRANT and asked.get("grant_type") == "password"
    attempt = (address_of(request), asked.get("username", ""))
    if is_attempt:
        count_attempt(*attempt)
    headers, body, status = protocol.answer_token_request(parameters, _authorization(request))
    if is_attempt and status == _OK:
        attempt_was_right(*attempt)
    return encoded(body.encode(), status, {**_kept(headers), **_NO_STORE})


@takes(_RevocationInput)
def revoke(request: ApiRequest) -> HttpResponse:
    """Give a token back."""
    headers, body, status = protocol.answer_revocation(_parameters(request), _authorization(request))
    return encoded(body.encode() or b"{}", status, {**_kept(headers), **_NO_STORE})


def userinfo(request: ApiRequest) -> HttpResponse:
    """Who the token acts for, in the words of OpenID."""
    user = User.objects.get(pk=request.user.pk)
    return answer(
        {
            "iss": f"{settings.SITE_URL}/",
            "sub": f"{settings.SITE_URL}/@{user.username}",
            "name": user.shown_name,
            "preferred_username": user.username,
            "profile": absolute(user.path),
            "picture": absolute(user.avatar_url),
        }
    )


def server_metadata(request: ApiRequest) -> HttpResponse:
    """What an app can find out before it registers (RFC 8414)."""
    site = settings.SITE_URL
    grants = ["authorization_code", "client_credentials"]
    return answer(
        {
            "issuer": f"{site}/",
            "service_documentation": "https://docs.joinmastodon.org/",
            "authorization_endpoint": f"{site}/oauth/authorize",
            "token_endpoint": f"{site}/oauth/token",
            "revocation_endpoint": f"{site}/oauth/revoke",
            "userinfo_endpoint": f"{site}/oauth/userinfo",
            "app_registration_endpoint": f"{site}/api/v1/apps",
            "scopes_supported": list(scopes.WORDS),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": [*grants, *(["password"] if settings.OAUTH_PASSWORD_GRANT else [])],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        },
        headers={"Cache-Control": "public, max-age=3600"},
    )


def _parameters(request: ApiRequest) -> list[tuple[str, str]]:
    """JSON and forms alike; what is no text means nothing to the protocol."""
    return [(name, value) for name, value in values_of(request).items() if isinstance(value, str)]


def _authorization(request: ApiRequest) -> str:
    return cast(str, request.META.get("HTTP_AUTHORIZATION", ""))


def _kept(headers: dict[str, str]) -> dict[str, str]:
    """Of the library's headers only what says how to try again."""
    return {name: value for name, value in headers.items() if name.lower() == "www-authenticate"}
