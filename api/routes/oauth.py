"""Apps, how they get in, and what they look for first."""

from django.urls import URLPattern

from api.operations import app, at, open_to_all, person
from api.views import apps, oauth, well_known

ROUTES: list[URLPattern] = [
    # Apps and OAuth
    at("api/v1/apps", POST=open_to_all(apps.create)),
    at("api/v1/apps/verify_credentials", GET=app(apps.verify_credentials)),
    at("oauth/token", POST=open_to_all(oauth.token)),
    at("oauth/revoke", POST=open_to_all(oauth.revoke)),
    at(
        "oauth/userinfo",
        GET=person(oauth.userinfo, "profile"),
        POST=person(oauth.userinfo, "profile"),
    ),
    at(".well-known/oauth-authorization-server", GET=open_to_all(oauth.server_metadata)),
    # Well known
    at(".well-known/webfinger", GET=open_to_all(well_known.webfinger)),
    at(".well-known/host-meta", GET=open_to_all(well_known.host_meta)),
    at(".well-known/nodeinfo", GET=open_to_all(well_known.nodeinfo_versions)),
    at("nodeinfo/2.0", GET=open_to_all(well_known.nodeinfo)),
    at("nodeinfo/2.1", GET=open_to_all(well_known.nodeinfo_later)),
    at("health", GET=open_to_all(well_known.health)),
    at("api/oembed", GET=open_to_all(well_known.oembed)),
]
