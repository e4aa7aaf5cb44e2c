"""The table of the API: every address, its methods, who may use them and with which scope.

The order is that of the public documentation. docs/api.md tells the same to people, and a test compares.
"""

from django.urls import URLPattern, register_converter
from django.urls.converters import StringConverter

from api import errors
from api.operations import anyone, app, at, open_to_all, person
from api.views import accounts, apps, instance, oauth, statuses, timelines


class _Id(StringConverter):
    """An id as it stands in an address. What is none, or too large to be one, is not found."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


register_converter(_Id, "id")

urlpatterns: list[URLPattern] = [
    # Apps and OAuth
    at("api/v1/apps", POST=open_to_all(apps.create)),
    at("api/v1/apps/verify_credentials", GET=app(apps.verify_credentials)),
    at("oauth/token", POST=open_to_all(oauth.token)),
    at("oauth/revoke", POST=open_to_all(oauth.revoke)),
    at(
        "oauth/userinfo",
        GET=person(oauth.userinfo, "profile", "read:accounts"),
        POST=person(oauth.userinfo, "profile", "read:accounts"),
    ),
    at(".well-known/oauth-authorization-server", GET=open_to_all(oauth.server_metadata)),
    # Accounts
    at(
        "api/v1/accounts/verify_credentials",
        GET=person(accounts.verify_credentials, "read:accounts", "profile"),
    ),
    # Statuses
    at(
        "api/v1/statuses",
        GET=anyone(statuses.many, "read:statuses"),
        POST=person(statuses.create, "write:statuses"),
    ),
    at("api/v1/statuses/<id:status_id>", GET=anyone(statuses.show, "read:statuses")),
    # Timelines
    at("api/v1/timelines/home", GET=person(timelines.home, "read:statuses")),
    # Instance
    at("api/v1/instance", GET=open_to_all(instance.v1)),
    at("api/v2/instance", GET=open_to_all(instance.v2)),
    at("api/v1/instance/peers", GET=open_to_all(instance.peers)),
    at("api/v1/instance/rules", GET=open_to_all(instance.rules)),
    at("api/v1/instance/extended_description", GET=open_to_all(instance.extended_description)),
    at("api/v1/custom_emojis", GET=open_to_all(instance.custom_emojis)),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
