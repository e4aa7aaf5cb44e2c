"""This server."""

from django.urls import URLPattern

from api.operations import at, open_to_all, person
from api.views import instance, reports, schema

ROUTES: list[URLPattern] = [
    # Instance
    at("api/v1/instance", GET=open_to_all(instance.v1)),
    at("api/v2/instance", GET=open_to_all(instance.v2)),
    at("api/v1/instance/peers", GET=open_to_all(instance.peers)),
    at("api/v1/instance/rules", GET=open_to_all(instance.rules)),
    at("api/v1/instance/extended_description", GET=open_to_all(instance.extended_description)),
    at("api/v1/reports", POST=person(reports.create, "write:reports")),
    at("api/schema", GET=open_to_all(schema.show)),
    at("api/v1/announcements", GET=person(instance.announcements)),
    at("api/v1/custom_emojis", GET=open_to_all(instance.custom_emojis)),
]
