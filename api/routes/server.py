"""This server."""

from django.urls import URLPattern

from api.operations import at, open_to_all, person
from api.streaming.channels import KINDS
from api.views import announcements, instance, reports, schema, streaming

_STREAMS = {
    **dict.fromkeys(("public", "public:local", "public:remote"), streaming.public),
    **dict.fromkeys(("hashtag", "hashtag:local"), streaming.tagged),
    "list": streaming.listed,
}

ROUTES: list[URLPattern] = [
    # Instance
    at("api/v1/instance", GET=open_to_all(instance.v1)),
    at("api/v2/instance", GET=open_to_all(instance.v2)),
    at("api/v1/instance/translation_languages", GET=open_to_all(instance.translation_languages)),
    at("api/v1/instance/peers", GET=open_to_all(instance.peers)),
    at("api/v1/instance/domain_blocks", GET=open_to_all(instance.domain_blocks)),
    at("api/v1/instance/rules", GET=open_to_all(instance.rules)),
    at("api/v1/instance/extended_description", GET=open_to_all(instance.extended_description)),
    at("api/v1/reports", POST=person(reports.create, "write:reports")),
    at("api/schema", GET=open_to_all(schema.show)),
    at("api/v1/instance/privacy_policy", GET=open_to_all(instance.privacy_policy)),
    at("api/v1/instance/terms_of_service", GET=open_to_all(instance.terms_of_service)),
    at("api/v1/instance/terms_of_service/<str:day>", GET=open_to_all(instance.terms_of_service)),
    at("api/v1/announcements", GET=person(announcements.index)),
    at(
        "api/v1/announcements/<id:announcement_id>/dismiss",
        POST=person(announcements.dismiss, "write:accounts"),
    ),
    at(
        "api/v1/announcements/<id:announcement_id>/reactions/<str:name>",
        PUT=person(announcements.react, "write:favourites"),
        DELETE=person(announcements.unreact, "write:favourites"),
    ),
    at("api/v1/custom_emojis", GET=open_to_all(instance.custom_emojis)),
    # Streaming; twitter_clone/asgi takes these before they come here
    at("api/v1/streaming/health", GET=open_to_all(streaming.health)),
    *(
        at(f"api/v1/streaming/{kind.path}", GET=person(_STREAMS.get(name, streaming.not_here), kind.scope))
        for name, kind in KINDS.items()
    ),
]
