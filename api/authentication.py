"""Who asks, and whether the token may: one query for both. Cookies count for nothing here."""

from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import User
from clients.actions import note_use
from clients.queries import Access, access_by
from clients.scopes import covers

if TYPE_CHECKING:
    from api.operations import Endpoint

_INVALID = "The access token is invalid"


class ApiRequest(Request):
    """A request of the API. `auth` is the access that the token gives, None without a token."""

    user: User  # a visitor is AnonymousUser; operations `person` never see one
    auth: Access | None


class Bearer(BaseAuthentication):
    """`Authorization: Bearer …`, and nothing else."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, Access] | None:
        scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        access = access_by(key.strip())
        if access is None:
            raise AuthenticationFailed(_INVALID)
        note_use(access.token_id, access.used_at)
        return access.user or AnonymousUser(), access

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class Allowed(BasePermission):
    """What the operation's line in api/routes asks of the token."""

    def has_permission(self, request: Request, view: "Endpoint") -> bool:  # type: ignore[override]
        operation = view.operation
        access = cast(Access | None, request.auth)
        if access is None:
            if operation.needs_token:
                raise NotAuthenticated(_INVALID)
            return True
        if operation.scopes and not any(covers(access.scopes, [scope]) for scope in operation.scopes):
            raise PermissionDenied("This action is outside the authorized scopes")
        if operation.needs_person and access.user is None:
            raise NotAuthenticated("This method requires an authenticated user")
        return True
