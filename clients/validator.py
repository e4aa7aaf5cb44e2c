"""The questions that oauthlib asks about our apps, codes and tokens."""

import hmac
from base64 import b64decode
from typing import Any
from urllib.parse import unquote_plus

from django.contrib.auth import authenticate
from django.utils import timezone
from oauthlib.common import Request
from oauthlib.oauth2 import RequestValidator

from accounts.models import User
from accounts.queries import has_second_step
from clients import scopes
from clients.actions import end_replayed, end_token, save_token, use_up
from clients.keys import checksum_of
from clients.models import App, AuthorizationCode
from clients.queries import app_by
from common.errors import Invalid

_GRANTS = {"authorization_code", "client_credentials", "password"}


class Validator(RequestValidator):
    """`request.client` is the app, `request.row` the code that is being redeemed."""

    # The app -----------------------------------------------------------------------------------------

    def client_authentication_required(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Every app got a secret when it registered."""
        return True

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        client_id, secret = _credentials(request)
        app = app_by(client_id)
        if app is None or not hmac.compare_digest(checksum_of(secret), app.secret_checksum):
            return False
        request.client, request.client_id = app, client_id
        return True

    def authenticate_client_id(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> bool:
        return False

    def validate_client_id(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> bool:
        request.client = app_by(client_id)
        return request.client is not None

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: App, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        return grant_type in _GRANTS

    # What it asks of a person ------------------------------------------------------------------------

    def validate_response_type(
        self, client_id: str, response_type: str, client: App, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        return response_type == "code"  # the library is content with anything that has “code” in it

    def validate_redirect_uri(
        self, client_id: str, redirect_uri: str, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """To the letter."""
        return redirect_uri in request.client.redirect_uris

    def get_default_redirect_uri(
        self, client_id: str, request: Request, *args: Any, **kwargs: Any
    ) -> str | None:
        """The only one there is; an app with several has to choose."""
        registered = request.client.redirect_uris
        return registered[0] if len(registered) == 1 else None

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        registered: str = request.client.scopes
        return [scopes.DEFAULT] if scopes.covers(registered, [scopes.DEFAULT]) else registered.split()

    def validate_scopes(
        self,
        client_id: str,
        wanted: list[str],
        client: App,
        request: Request,
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        """Never more than the app registered."""
        try:
            asked = scopes.parse(" ".join(wanted)).split()
        except Invalid:
            return False
        request.scopes = asked
        return bool(asked) and scopes.covers(client.scopes, asked)

    def is_pkce_required(self, client_id: str, request: Request) -> bool:
        return False

    # Redeeming a code --------------------------------------------------------------------------------

    def validate_code(
        self, client_id: str, code: str, client: App, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """The row is held until the end of the transaction, so a second one who has the code waits."""
        rows = AuthorizationCode.objects.select_for_update(of=("self",)).select_related("user")
        row = rows.filter(checksum=checksum_of(code), app=client).first()
        if row is None:
            return False
        if row.used_at is not None:
            end_replayed(row)
            return False
        if row.expires_at <= timezone.now() or not row.user.is_active:
            return False
        request.row, request.user, request.scopes = row, row.user, row.scopes.split()
        return True

    def get_code_challenge(self, code: str, request: Request) -> str | None:
        return request.row.challenge or None

    def get_code_challenge_method(self, code: str, request: Request) -> str:
        return "S256"

    def confirm_redirect_uri(
        self, client_id: str, code: str, redirect_uri: str, client: App, request: Request, *a: Any, **kw: Any
    ) -> bool:
        return bool(redirect_uri == request.row.redirect_uri)

    def invalidate_authorization_code(
        self, client_id: str, code: str, request: Request, *args: Any, **kwargs: Any
    ) -> None:
        use_up(request.row)

    # Tokens ------------------------------------------------------------------------------------------

    def validate_user(
        self, username: str, password: str, client: App, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Not for people with a second step, which this grant cannot ask for."""
        user = authenticate(None, username=username, password=password)
        if not isinstance(user, User) or not user.is_active or has_second_step(user):
            return False
        request.user = user
        return True

    def save_bearer_token(self, token: dict[str, Any], request: Request, *args: Any, **kwargs: Any) -> None:
        save_token(
            request.client,
            request.user,
            token["access_token"],
            " ".join(request.scopes),
            getattr(request, "row", None),
        )

    def revoke_token(
        self, token: str, token_type_hint: str, request: Request, *args: Any, **kwargs: Any
    ) -> None:
        end_token(request.client, token)


def _credentials(request: Request) -> tuple[str, str]:
    """Name and secret of the app, from the Authorization header (RFC 6749, 2.3.1) or the body."""
    scheme, _, encoded = (request.headers.get("Authorization") or "").partition(" ")
    if scheme.lower() != "basic":
        return request.client_id or "", request.client_secret or ""
    try:
        client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:  # no base64, or no text in it
        return "", ""
    return unquote_plus(client_id), unquote_plus(secret)
