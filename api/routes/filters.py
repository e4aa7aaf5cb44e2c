"""Words one would rather not read."""

from django.urls import URLPattern

from api.operations import at, person
from api.views import filters

READ, WRITE = "read:filters", "write:filters"

ROUTES: list[URLPattern] = [
    at("api/v2/filters", GET=person(filters.index, READ), POST=person(filters.create, WRITE)),
    at(
        "api/v2/filters/<id:filter_id>",
        GET=person(filters.show, READ),
        PUT=person(filters.update, WRITE),
        DELETE=person(filters.delete, WRITE),
    ),
    at(
        "api/v2/filters/<id:filter_id>/keywords",
        GET=person(filters.keywords, READ),
        POST=person(filters.create_keyword, WRITE),
    ),
    at(
        "api/v2/filters/keywords/<id:keyword_id>",
        GET=person(filters.show_keyword, READ),
        PUT=person(filters.update_keyword, WRITE),
        DELETE=person(filters.delete_keyword, WRITE),
    ),
    at(
        "api/v2/filters/<id:filter_id>/statuses",
        GET=person(filters.tweets, READ),
        POST=person(filters.create_tweet, WRITE),
    ),
    at(
        "api/v2/filters/statuses/<id:row_id>",
        GET=person(filters.show_tweet, READ),
        DELETE=person(filters.delete_tweet, WRITE),
    ),
    # The older form
    at("api/v1/filters", GET=person(filters.phrases, READ), POST=person(filters.create_phrase, WRITE)),
    at(
        "api/v1/filters/<id:keyword_id>",
        GET=person(filters.show_phrase, READ),
        PUT=person(filters.update_phrase, WRITE),
        DELETE=person(filters.delete_phrase, WRITE),
    ),
]
