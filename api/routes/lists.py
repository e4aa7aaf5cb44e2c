"""Lists of people."""

from django.urls import URLPattern

from api.operations import at, person
from api.views import lists

ROUTES: list[URLPattern] = [
    # Lists
    at(
        "api/v1/lists",
        GET=person(lists.index, "read:lists"),
        POST=person(lists.create, "write:lists"),
    ),
    at(
        "api/v1/lists/<id:list_id>",
        GET=person(lists.show, "read:lists"),
        PUT=person(lists.update, "write:lists"),
        DELETE=person(lists.delete, "write:lists"),
    ),
    at(
        "api/v1/lists/<id:list_id>/accounts",
        GET=person(lists.members, "read:lists"),
        POST=person(lists.add, "write:lists"),
        DELETE=person(lists.remove, "write:lists"),
    ),
]
