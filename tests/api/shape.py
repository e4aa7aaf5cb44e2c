"""What a shape must be like: as the public description of Mastodon's API has it (`tests.api.public`)."""

import re
from collections.abc import Iterator
from functools import cache, reduce
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.api.public import corrected

_ADDRESS = "urn:mastodon"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
# Attributes that only some have, and when.
_SOMETIMES = {
    "Filter.keywords": "not within what matched",
    "Filter.statuses": "not within what matched",
    "GroupedNotificationsResults.partial_accounts": "where they are asked for",
    "MetaDetails.bitrate": "of films",
    "MetaDetails.duration": "of films",
    "MetaDetails.frame_rate": "of films",
    "Status.text": "after deleting",
    "Status.pinned": "of one's own",
}


def assert_is(name: str, value: Any) -> None:
    """The value is one of these as the description has it, and leaves out none of its attributes but those
    that only some have. Skips the test where there is no description.
    """
    wrong = faults(f"/components/schemas/{name}", value)
    assert not wrong, f"no {name}: {wrong}"


def faults(pointer: str, value: Any) -> list[str]:
    """All that is wrong with a value beside the schema at that place of the description: what does not fit,
    what is missing at any depth, moments that are written otherwise than with milliseconds and Z.
    """
    wrong = [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:300]}"
        for error in _validator(pointer).iter_errors(value)
    ]
    return wrong + sorted(set(_less(at(pointer), value, pointer.rpartition("/")[2])))


def least_missing(choices: list[dict[str, Any]], value: Any) -> dict[str, Any]:
    """Which of several schemas the value, which is not null, is most likely of."""
    fitting = [choice for choice in choices if choice.get("type") != "null"]
    return min(fitting, key=lambda choice: len(list(_less(choice, value, ""))))


@cache
def _validator(pointer: str) -> Draft202012Validator:
    resource = Resource.from_contents(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **corrected()}
    )
    registry: Registry[Any] = Registry().with_resource(_ADDRESS, resource)
    return Draft202012Validator({"$ref": f"{_ADDRESS}#{pointer}"}, registry=registry)


def at(pointer: str) -> dict[str, Any]:
    """`/components/schemas/Status`, with ~1 for a slash within a name."""
    names = [name.replace("~1", "/") for name in pointer.split("/")[1:]]
    return reduce(lambda part, name: part[name], names, corrected())


def _less(schema: dict[str, Any], value: Any, inside: str) -> Iterator[str]:
    """What the value has not, or writes otherwise. `inside` is the name of what it stands in."""
    if reference := schema.get("$ref"):
        yield from _less(at(reference.removeprefix("#")), value, reference.rpartition("/")[2])
    elif choices := schema.get("anyOf"):
        fitting = [choice for choice in choices if (choice.get("type") == "null") == (value is None)]
        yield from min((list(_less(choice, value, inside)) for choice in fitting), key=len, default=[])
    elif isinstance(value, list):
        for entry in value:
            yield from _less(schema.get("items", {}), entry, inside)
    elif isinstance(value, dict):
        yield from _attributes(schema, value, inside)
    elif schema.get("format") == "date-time" and value is not None and not _MOMENT.fullmatch(value):
        yield f"{inside} is {value}"


def _attributes(schema: dict[str, Any], value: dict[str, Any], inside: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name, inner in known.items():
        if name in value:
            yield from _less(inner, value[name], f"{inside}.{name}")
        elif f"{inside}.{name}" not in _SOMETIMES:
            yield f"{inside}.{name} is missing"
    others = schema.get("additionalProperties")
    if isinstance(others, dict):
        for name in value.keys() - known.keys():
            yield from _less(others, value[name], inside)
