"""Lists of tweets."""

from django.urls import URLPattern

from api.operations import anyone, at, person
from api.views import timelines

ROUTES: list[URLPattern] = [
    # Timelines
    at("api/v1/timelines/home", GET=person(timelines.home, "read:statuses")),
    at("api/v1/timelines/public", GET=anyone(timelines.public, "read:statuses")),
    at("api/v1/timelines/tag/<str:name>", GET=anyone(timelines.tag, "read:statuses")),
    at("api/v1/timelines/list/<id:list_id>", GET=person(timelines.people_list, "read:lists")),
]
