"""Apps, and how they get in."""

from django.urls import URLPattern

from api.operations import app, at, open_to_all, person
from api.views import apps, oauth

ROUTES: list[URLPattern] = [
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
]
