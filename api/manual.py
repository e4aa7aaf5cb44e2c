"""The API as people read it: its areas, what each operation takes and gives, and how to ask for it.

All of it comes from the description for machines (`api.schema`) and from recorded answers (`api.examples`),
so that nothing here is told twice. The page is web/views/developers.py; the roof brings both together.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings

from api.examples import Example, entities, examples
from api.operations import Area, endpoint_of
from api.routes import AREAS
from api.schema import description

_ENTITY_PAGE = "https://docs.joinmastodon.org/entities/"
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_KINDS = {"integer": "number", "boolean": "yes or no", "string": "text", "object": "names and values"}
_FORMATS = {"date-time": "moment", "binary": "file", "uri": "address"}
_BRACES = str.maketrans("<>", "{}")
_NULL = [None]  # how drf-spectacular says that a choice may be null
_MANY = 2  # parts of a call; as many stand on lines of their own
_LONG_ANSWER = 12  # lines; a longer one is folded


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that is sent. `kind` is for people: "number", "one of public, unlisted"."""

    name: str
    kind: str
    is_needed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Manual:
    """One operation. `curl` and `python` are finished examples; `gives` names what comes back."""

    method: str
    path: str
    anchor: str
    does: str
    who: str
    scopes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    curl: str
    python: str
    answer: str
    gives: str
    gives_several: bool

    @property
    def is_long(self) -> bool:
        """Whether the answer is folded at first."""
        return self.answer.count("\n") >= _LONG_ANSWER


@dataclass(frozen=True, slots=True)
class Entity:
    """What answers are made of. `page` is where its attributes are explained."""

    name: str
    json: str
    page: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One area with its operations, and the things they give."""

    slug: str
    name: str
    about: str
    operations: tuple[Manual, ...]
    entities: tuple[Entity, ...]


@lru_cache(maxsize=1)
def manual() -> tuple[Chapter, ...]:
    """All areas, in the order of the table; made once in a process."""
    document = orjson.loads(description())
    return tuple(_chapter(area, document) for area in AREAS)


def _chapter(area: Area, document: dict[str, Any]) -> Chapter:
    found = [
        _operation(method.upper(), path, operation, document)
        for path in (f"/{endpoint_of(line).address}".translate(_BRACES) for line in area.routes)
        for method, operation in document["paths"][path].items()
    ]
    return Chapter(area.slug, area.name, area.about, tuple(found), tuple(_entities(found)))


def _operation(method: str, path: str, operation: dict[str, Any], document: dict[str, Any]) -> Manual:
    name = f"{method} {path}"
    example = examples().get(name) or Example(path)
    return Manual(
        method=method,
        path=path,
        anchor=_NOT_A_WORD.sub("-", name.lower()).strip("-"),
        does=operation["summary"].rstrip(".").replace("`", ""),
        who=operation["description"].rstrip("."),
        scopes=tuple(scope for way in operation["security"] for scope in way.get("OAuth2", ())),
        parameters=tuple(_parameters(operation, document)),
        curl=_curl(method, example, needs_token=bool(operation["security"])),
        python=_python(method, example, needs_token=bool(operation["security"])),
        answer="" if example.entity or example.answer is None else _pretty(example.answer),
        gives=example.entity,
        gives_several=example.is_list,
    )


def _parameters(operation: dict[str, Any], document: dict[str, Any]) -> Iterator[Parameter]:
    for sent in operation.get("parameters", ()):
        schema = sent["schema"]
        if sent["in"] != "path":
            words = sent.get("description", "")
            yield Parameter(sent["name"], _kind(schema, document), bool(sent.get("required")), words)
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from _fields(content["schema"], document, "")
        return


def _fields(schema: dict[str, Any], document: dict[str, Any], inside: str) -> Iterator[Parameter]:
    """What a body holds, nested names as forms write them: `poll[options][]`."""
    schema = _resolved(schema, document)
    needed = schema.get("required", ())
    for name, found in schema.get("properties", {}).items():
        part = _resolved(found, document)
        shown = f"{inside}[{name}]" if inside else name
        if "properties" in part:
            yield from _fields(part, document, shown)
        elif "properties" in (entry := _resolved(part.get("items", {}), document)):
            yield from _fields(entry, document, f"{shown}[]")
        else:
            shown += "[]" if "array" in part.get("type", ()) else ""
            words = found.get("description") or part.get("description", "")
            yield Parameter(shown, _kind(part, document), name in needed, words)


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """What it refers to, alone or as one of several; what may be null besides."""
    for way in ("allOf", "oneOf", "anyOf"):
        several = [
            one for one in schema.get(way, ()) if one.get("type") != "null" and one.get("enum") != _NULL
        ]
        if several:
            return {**schema, **_resolved(several[0], document)}
    if reference := schema.get("$ref"):
        found: dict[str, Any] = document["components"]["schemas"][reference.rpartition("/")[2]]
        return found
    return schema


def _kind(schema: dict[str, Any], document: dict[str, Any]) -> str:
    schema = _resolved(schema, document)
    types = schema.get("type", "string")
    kind = next((one for one in types if one != "null"), "string") if isinstance(types, list) else types
    if kind == "array":
        return f"{_kind(schema.get('items', {}), document)}, several"
    if choices := [str(choice) for choice in schema.get("enum", ()) if choice not in (None, "")]:
        return f"one of {', '.join(choices)}"
    if "pattern" in schema:
        return "id"
    return _FORMATS.get(schema.get("format", ""), _KINDS.get(kind, kind))


def _curl(method: str, example: Example, *, needs_token: bool) -> str:
    parts = [f"curl -X {method}" if _says_its_method(method, example) else "curl"]
    if needs_token:
        parts.append('-H "Authorization: Bearer $TOKEN"')
    if example.is_upload:
        parts.append("-F file=@picture.png")
    if example.body is not None:
        sent = json.dumps(example.body, ensure_ascii=False).replace("'", "'\\''")
        parts += ['-H "Content-Type: application/json"', f"-d '{sent}'"]
    first, *rest = [*parts, f'"{settings.SITE_URL}{example.path}"']
    return " \\\n     ".join([f"{first} {rest[0]}", *rest[1:]])


def _says_its_method(method: str, example: Example) -> bool:
    """curl sends GET, or POST if it has something to send."""
    return method != ("POST" if example.body is not None or example.is_upload else "GET")


def _python(method: str, example: Example, *, needs_token: bool) -> str:
    said = [f'SITE + "{example.path}"']
    if needs_token:
        said.append("headers=HEADERS")
    if example.is_upload:
        said.append('files={"file": open("picture.png", "rb")}')
    if example.body is not None:
        said.append(f"json={example.body!r}")
    read = ".text" if example.answer is None and not example.entity else ".json()"
    lines = ",\n".join(f"    {part}" for part in said)
    call = f"requests.{method.lower()}"
    return f"{call}({', '.join(said)}){read}" if len(said) < _MANY else f"{call}(\n{lines},\n){read}"


def _entities(operations: list[Manual]) -> Iterator[Entity]:
    for name in dict.fromkeys(operation.gives for operation in operations if operation.gives):
        page = _ENTITY_PAGE + name.removeprefix("V1")
        yield Entity(name, _pretty(entities()[name]), page)


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
