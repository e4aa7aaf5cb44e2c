"""The public description of Mastodon's API, where it lies beside the project, and where it is mistaken.

The description is under a licence of its own and no part of this repository. It is made of the prose of the
documentation, so that a few of its sentences are wrong or stricter than that prose; `corrected` mends these.
"""

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.api.calls import alike
from tests.api.operations import served

_FILE = Path(__file__).resolve().parents[3] / "shared" / "mastodon-openapi" / "schema.json"
# Codes that no operation of the description says, although the documentation's general pages do.
_ALSO_SAID = {
    "400": "The body is no JSON",
    "403": "The token lacks the scope, or the person may not do this",
    "413": "Too large",
}

# “Might be empty”, say their own sentences or Mastodon's answers; an empty text is no address.
_EMPTY_ADDRESSES = [
    *(
        (name, part)
        for name in ("PreviewCard", "TrendsLink")
        for part in ("author_url", "provider_url", "embed_url")
    ),
    ("PreviewCardAuthor", "url"),
    ("V1Instance", "email"),
]


@cache
def description() -> dict[str, Any]:
    """As it lies there. Skips the test where there is none."""
    if not _FILE.exists():
        pytest.skip("no description of the API lies beside the project")
    found: dict[str, Any] = json.loads(_FILE.read_text())
    return found


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Those of the description that are served here: method, path as the description spells it, the rest."""
    for path, methods in corrected()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


@cache
def corrected() -> dict[str, Any]:
    """What of it is served here, mended."""
    found = copy.deepcopy(description())
    found["paths"] = {path: _served(path, methods) for path, methods in found["paths"].items()}
    _every_choice_is_any(found)
    ours = "/api/v1/filters"  # “List of V1::Filter”, says its own sentence
    _answer(found, "get", ours)["schema"] = {"type": "array", "items": _answer(found, "get", ours)["schema"]}
    # The documentation's example of the answer is {}.
    _answer(found, "delete", "/api/v2/filters/statuses/{id}")["schema"] = {"type": "object"}
    for name, part in _EMPTY_ADDRESSES:
        found["components"]["schemas"][name]["properties"][part].pop("format")
    contact = found["components"]["schemas"]["Instance"]["properties"]["contact"]
    contact["properties"]["email"].pop("format")
    _said(found, "get", "/api/oembed")["301"] = {"description": "Leads to where it is answered"}
    for responses in _each(found):
        for code, words in _ALSO_SAID.items():
            responses.setdefault(code, {"description": words})
    return found


def _served(path: str, methods: dict[str, Any]) -> dict[str, Any]:
    ours = {alike(operation) for operation in served()}
    return {method: said for method, said in methods.items() if alike(f"{method.upper()} {path}") in ours}


def _answer(found: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    content: dict[str, Any] = _said(found, method, path)["200"]["content"]["application/json"]
    return content


def _said(found: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    said: dict[str, Any] = found["paths"][path][method]["responses"]
    return said


def _each(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in found["paths"].values():
        for operation in methods.values():
            yield operation["responses"]


def _every_choice_is_any(part: Any) -> None:
    """`oneOf` of a Quote and a ShallowQuote, or of bodies that differ in what they need: several may fit."""
    if isinstance(part, dict):
        if "oneOf" in part:
            part["anyOf"] = part.pop("oneOf")
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            _every_choice_is_any(inner)
