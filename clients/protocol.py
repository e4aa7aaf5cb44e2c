"""OAuth 2 as oauthlib speaks it (RFC 6749, 7009, 7636), on our rows.

Apps of Mastodon's API ask with one registration for codes and for themselves; tokens neither expire nor are
refreshed. docs/decisions/0006-oauth-on-oauthlib.md tells why the library is this one.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from oauthlib.oauth2 import (
    AuthorizationCodeGrant,
    AuthorizationEndpoint,
    BearerToken,
    ClientCredentialsGrant,
    ResourceOwnerPasswordCredentialsGrant,
    RevocationEndpoint,
    TokenEndpoint,
)
from oauthlib.oauth2.rfc6749.errors import FatalClientError, OAuth2Error
from oauthlib.oauth2.rfc6749.grant_types.authorization_code import code_challenge_method_s256

from accounts.models import User
from clients.actions import save_code
from clients.keys import new_key
from clients.models import App
from clients.redirects import OUT_OF_BAND
from clients.validator import Validator
from common.errors import Invalid

_HERE = "https://localhost/"  # the library wants an address to read parameters from; which one is no matter

_CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636, 4.2

_NOBODY_TO_ANSWER = (
    "This app is not known here, or asks for something that cannot be. Go back to it and start again."
)

Parameters = Sequence[tuple[str, str]]
Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an app asks of a person; its app and its address are checked."""

    app: App
    redirect_uri: str
    scopes: str
    state: str | None
    challenge: str

    @property
    def is_out_of_band(self) -> bool:
        return self.redirect_uri == OUT_OF_BAND

    def address(self, **answer: str) -> str:
        """Where the person goes with the answer. The registered address stays as it is, to the letter."""
        pairs = answer if self.state is None else {**answer, "state": self.state}
        return f"{self.redirect_uri}{'&' if '?' in self.redirect_uri else '?'}{urlencode(pairs)}"


class WrongQuestion(Exception):
    """A known app asks for what cannot be; `error` and `description` are RFC 6749's (4.1.2.1).

    The person hears of it, and goes back by a click: anybody may register an app, and could otherwise
    send people from here to anywhere (RFC 9700, 4.11.2).
    """

    def __init__(self, asked: Asked, error: str, description: str) -> None:
        super().__init__(error)
        self.asked, self.error, self.description = asked, error, description

    @property
    def address(self) -> str:
        """Where the app hears of it, or nothing when it waits for a code that is copied."""
        if self.asked.is_out_of_band:
            return ""
        return self.asked.address(error=self.error, error_description=self.description)


def read_question(parameters: Parameters) -> Asked:
    """What the app wants. Raises Invalid when nobody known asks, WrongQuestion when an app asks wrongly."""
    try:
        granted, found = _AUTHORIZATION.validate_authorization_request(f"{_HERE}?{urlencode(parameters)}")
    except FatalClientError:
        raise Invalid(_NOBODY_TO_ANSWER) from None
    except OAuth2Error as error:
        app = App.objects.get(client_id=error.client_id)
        asked = Asked(app, error.redirect_uri, "", dict(parameters).get("state"), "")
        raise WrongQuestion(asked, error.error, error.description or "") from None
    asked = Asked(
        app=found["request"].client,
        redirect_uri=found["redirect_uri"],
        scopes=" ".join(granted),
        state=found["state"],
        challenge=found.get("code_challenge") or "",
    )
    if asked.challenge and not _CHALLENGE.fullmatch(asked.challenge):
        raise WrongQuestion(asked, "invalid_request", "Wrong code_challenge.")
    return asked


def allow(user: User, asked: Asked) -> str:
    """The person says yes; returns the code that the app redeems."""
    code = new_key()
    save_code(
        asked.app,
        user,
        code,
        redirect_uri=asked.redirect_uri,
        granted=asked.scopes,
        challenge=asked.challenge,
    )
    return code


@transaction.atomic
def answer_token_request(parameters: Parameters, authorization: str) -> tuple[Headers, str, int]:
    """Headers, JSON and status. One transaction: of two who redeem the same code one comes second."""
    server = _WITH_PASSWORDS if settings.OAUTH_PASSWORD_GRANT else _TOKENS
    answer: tuple[Headers, str, int] = server.create_token_response(
        f"{_HERE}oauth/token", "POST", urlencode(parameters), {"Authorization": authorization}
    )
    return answer


def answer_revocation(parameters: Parameters, authorization: str) -> tuple[Headers, str, int]:
    """Headers, JSON and status."""
    answer: tuple[Headers, str, int] = _REVOCATION.create_revocation_response(
        f"{_HERE}oauth/revoke", "POST", urlencode(parameters), {"Authorization": authorization}
    )
    return answer


class _Codes(AuthorizationCodeGrant):
    """Only S256: a plain challenge protects nobody."""

    _code_challenge_methods = {"S256": code_challenge_method_s256}


class _Bearer(BearerToken):
    """Tokens as Mastodon gives them: they do not expire, and say when they were made."""

    def create_token(self, request: Any, refresh_token: bool = False, **others: Any) -> Any:
        made = super().create_token(request, refresh_token=False)
        made.pop("expires_in", None)
        made["created_at"] = int(time.time())
        return made


_validator = Validator()
_bearer = _Bearer(_validator, token_generator=lambda *_: new_key())
_codes = _Codes(_validator)
_grants: dict[str, Any] = {
    "authorization_code": _codes,
    "client_credentials": ClientCredentialsGrant(_validator),
}
_password = ResourceOwnerPasswordCredentialsGrant(_validator)

_AUTHORIZATION = AuthorizationEndpoint("code", _bearer, {"code": _codes})
_TOKENS = TokenEndpoint("authorization_code", _bearer, _grants)
_WITH_PASSWORDS = TokenEndpoint("authorization_code", _bearer, {**_grants, "password": _password})
_REVOCATION = RevocationEndpoint(_validator, supported_token_types=["access_token"])
