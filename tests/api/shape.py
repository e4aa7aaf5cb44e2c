"""The public description of Mastodon's API, where it lies beside the project: what a shape must be like.

The description is under a licence of its own and no part of this repository.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

_FILE = Path(__file__).resolve().parents[3] / "shared" / "mastodon-openapi" / "schema.json"
_ADDRESS = "urn:mastodon"


def assert_is(name: str, value: Any) -> None:
    """The value is one of these as the description has it, and leaves out none of its attributes but those
    that only some have: `text` after deleting, `pinned` of one's own. Skips the test where there is none.
    """
    if not _FILE.exists():
        pytest.skip("no description of the API lies beside the project")
    errors = [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:300]}"
        for error in _validator(name).iter_errors(value)
        if "valid under each of" not in error.message  # two shapes that the description hardly tells apart
    ]
    assert errors == []
    assert set(_description()["components"]["schemas"][name]["properties"]) - set(value) <= {"text", "pinned"}


@cache
def _description() -> dict[str, Any]:
    description: dict[str, Any] = json.loads(_FILE.read_text())
    return description


@cache
def _validator(name: str) -> Draft202012Validator:
    resource = Resource.from_contents(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **_description()}
    )
    registry: Registry[Any] = Registry().with_resource(_ADDRESS, resource)
    return Draft202012Validator({"$ref": f"{_ADDRESS}#/components/schemas/{name}"}, registry=registry)
