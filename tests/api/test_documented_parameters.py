"""Each operation takes what Mastodon's documentation names, by its own description."""

import orjson

from api.schema import description
from tests.api.calls import alike
from tests.api.public import corrected, operations

# Operation -> what it does not read, and why.
OTHERWISE = {
    "POST /api/v1/accounts": ({"date_of_birth"}, "nobody is asked for their age"),
    "GET /api/v1/accounts/{account_id}/collections": ({"limit", "offset"}, "there are none"),
    "GET /api/v1/accounts/{account_id}/in_collections": ({"limit", "offset"}, "there are none"),
    **dict.fromkeys(
        ("POST /api/v1/media", "POST /api/v2/media", "PUT /api/v1/media/{id}"),
        ({"thumbnail"}, "pictures are their own"),
    ),
    **dict.fromkeys(
        (
            "GET /api/v1/notifications",
            "GET /api/v1/notifications/{id}",
            "GET /api/v2/notifications",
            "GET /api/v2/notifications/{group_key}",
        ),
        ({"supported_types"}, "of Mastodon 4.6; all types here are older"),
    ),
    "GET /api/oembed": ({"maxheight", "maxwidth", "url"}, "handed on as they are"),
    "PATCH /api/v1/profile": (
        {"show_featured", "show_media", "show_media_replies"},
        "of Mastodon 4.6; all of it is shown",
    ),
    "POST /api/v1/reports": ({"collection_ids"}, "there are none"),
    "GET /api/v2/search": ({"exclude_unreviewed"}, "staff hide tags instead of reviewing them"),
    "POST /api/v1/statuses/{id}/translate": ({"lang"}, "nobody translates here"),
}


def test_every_parameter_is_read_or_there_is_a_reason():
    ours = orjson.loads(description())
    taken = {
        alike(f"{method.upper()} {path}"): _names(ours, operation)
        for path, methods in ours["paths"].items()
        for method, operation in methods.items()
    }
    missing = {
        f"{method} {path}": left
        for method, path, operation in operations()
        if (left := _names(corrected(), operation) - taken[alike(f"{method} {path}")])
    }
    assert missing == {name: names for name, (names, _) in OTHERWISE.items()}


def _names(document, operation):
    """Of the query and the body; `poll.options` for what stands inside."""
    found = {
        one["name"].removesuffix("[]")
        for one in operation.get("parameters", [])
        if one["in"] in ("query", "header")
    }
    for content in operation.get("requestBody", {}).get("content", {}).values():
        found |= set(_parts(document, content["schema"]))
    return found


def _parts(document, schema, before=""):
    for kind in _kinds(document, schema):
        for name, inner in kind.get("properties", {}).items():
            path = f"{before}{name}".removesuffix("[]")
            yield path
            if not before:
                yield from _parts(document, inner, f"{path}.")


def _kinds(document, schema):
    """The schema, what it refers to, what it is a list of, and each of its choices."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    yield schema
    for way in ("anyOf", "oneOf", "allOf"):
        for choice in schema.get(way, []):
            yield from _kinds(document, choice)
    if isinstance(schema.get("items"), dict):
        yield from _kinds(document, schema["items"])
