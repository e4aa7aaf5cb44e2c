"""Lists of tweets."""

from django.urls import URLPattern

from api.operations import anyone, at, person
from api.views import conversations, markers, search, tags, timelines, trends

ROUTES: list[URLPattern] = [
    # Timelines
    at("api/v1/timelines/home", GET=person(timelines.home, "read:statuses")),
    at("api/v1/timelines/public", GET=anyone(timelines.public, "read:statuses")),
    at("api/v1/timelines/tag/<str:name>", GET=anyone(timelines.tag, "read:statuses")),
    at("api/v1/timelines/list/<id:list_id>", GET=person(timelines.people_list, "read:lists")),
    at("api/v1/timelines/direct", GET=person(timelines.direct, "read:statuses")),
    at("api/v1/timelines/link", GET=anyone(timelines.link, "read:statuses")),
    at(
        "api/v1/markers",
        GET=person(markers.index, "read:statuses"),
        POST=person(markers.update, "write:statuses"),
    ),
    # Messages
    at("api/v1/conversations", GET=person(conversations.index, "read:statuses")),
    at(
        "api/v1/conversations/<id:conversation_id>",
        DELETE=person(conversations.delete, "write:conversations"),
    ),
    at(
        "api/v1/conversations/<id:conversation_id>/read",
        POST=person(conversations.read, "write:conversations"),
    ),
    # Search, tags and trends
    at("api/v2/search", GET=anyone(search.everything, "read:search")),
    at("api/v1/search", GET=anyone(search.everything_of_old, "read:search")),
    at("api/v1/followed_tags", GET=person(tags.followed, "read:follows")),
    at("api/v1/tags/<str:name>", GET=anyone(tags.show)),
    at("api/v1/tags/<str:name>/follow", POST=person(tags.follow, "write:follows")),
    at("api/v1/tags/<str:name>/unfollow", POST=person(tags.unfollow, "write:follows")),
    at("api/v1/tags/<str:name>/feature", POST=person(tags.feature, "write:accounts")),
    at("api/v1/tags/<str:name>/unfeature", POST=person(tags.unfeature, "write:accounts")),
    at("api/v1/trends", GET=anyone(trends.tags)),
    at("api/v1/trends/tags", GET=anyone(trends.tags)),
    at("api/v1/trends/statuses", GET=anyone(trends.tweets, "read:statuses")),
    at("api/v1/trends/links", GET=anyone(trends.links)),
]
