"""The description of the API for machines, OpenAPI 3.1: made of its table, never written by hand.

drf-spectacular turns the inputs into schemas; what stands here is what it cannot know: the operations of one
address, their scopes, and how this house answers. Schemas of answers are learnt from many (api.examples).
"""

from functools import lru_cache
from typing import Any, cast

import orjson
from django.conf import settings
from django.urls import URLPattern, get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from api.described import taken_by
from api.examples import Example, examples, schemas
from api.operations import Endpoint, Operation, endpoint_of
from api.words import WORDS as SENT
from clients.scopes import WORDS

_ENTITIES = "https://docs.joinmastodon.org/entities/"
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {"type": "string"},
        "error_description": {"type": "string"},
        "details": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"error": {"type": "string"}, "description": {"type": "string"}},
                },
            },
        },
    },
}
_SAID = {
    "400": "The request cannot be read",
    "401": "No token, or one that opens nothing",
    "403": "The token lacks the scope, or the person may not do this",
    "404": "There is no such thing, or it may not be seen",
    "406": "No such form of answer",
    "413": "Too large",
    "422": "What was sent makes no sense; `details` says which part",
    "429": "Too much in too short a time; Retry-After says when to come back",
    "503": "The database does not answer just now",
    "507": "The storage is full",
}
_ALSO = {
    "/api/v2/media": {"202": "The large view is still being made"},
    "/api/oembed": {"301": "Leads to where it is answered"},
    "/api/v1/media/{media_id}": {"206": "The large view is still being made"},
}


class Described(AutoSchema):
    """One operation of the table."""

    @property
    def _operation(self) -> Operation:
        return cast(Endpoint, self.view).operations[self.method]

    def get_operation_id(self) -> str:
        words = self.path.strip("/").replace(".", "").replace("{", "").replace("}", "").replace("-", "_")
        return f"{self.method.lower()}_{words.replace('/', '_')}"

    def get_summary(self) -> str:
        return (self._operation.view.__doc__ or "").strip().partition("\n")[0]

    def get_description(self) -> str:  # type: ignore[override]  # as spectacular has it
        operation = self._operation
        if operation.ignores_tokens:
            return "No token is looked at."
        if not operation.needs_token:
            return "For visitors, too."
        return "For an app that acts for a person." if operation.needs_person else "For an app."

    def get_tags(self) -> list[str]:
        return [cast(Endpoint, self.view).area.name]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Each of the scopes alone is enough; visitors need none."""
        operation = self._operation
        if operation.ignores_tokens:
            return []
        ways = [{"OAuth2": [scope]} for scope in operation.scopes] or [{"OAuth2": []}]
        return ways if operation.needs_token else [*ways, {}]

    def get_override_parameters(self) -> list[Any]:
        if self.method not in ("GET", "DELETE"):
            key = OpenApiParameter("Idempotency-Key", str, "header", description="Posts once for each key.")
            return [key] if self.path == "/api/v1/statuses" else []
        return list(taken_by(self._operation.view))

    def get_request_serializer(self) -> Any:
        taken = taken_by(self._operation.view)
        return taken[0] if self.method not in ("GET", "DELETE") and taken else None

    def get_response_serializers(self) -> Any:
        return OpenApiResponse(response={}, description="Done")


@lru_cache
def description() -> bytes:
    """The whole document as JSON; made once in a process."""
    found = _generated()
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            _finish(path, method, operation)
    kinds = {name.lstrip("_"): kind for name, kind in found["components"].get("schemas", {}).items()}
    for kind in kinds.values():
        _explain(kind.get("properties", {}))
    found["components"]["schemas"] = {**kinds, **schemas(), "Error": _ERROR}
    found["components"]["securitySchemes"] = {"OAuth2": _oauth()}
    lines = cast(list[URLPattern], get_resolver("api.urls").url_patterns)
    areas = dict.fromkeys(endpoint_of(line).area for line in lines)
    found["tags"] = [{"name": area.name, "description": area.about} for area in areas]
    found["externalDocs"] = {"url": _ENTITIES, "description": "What stands in each answer"}
    return orjson.dumps(found).replace(b"/schemas/_", b"/schemas/")


def _generated() -> dict[str, Any]:
    generator = SchemaGenerator(urlconf="api.urls")  # type: ignore[no-untyped-call]
    return cast(dict[str, Any], generator.get_schema(request=None, public=True))  # type: ignore[no-untyped-call]


def _finish(path: str, method: str, operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        if parameter["name"] in SENT:
            parameter.setdefault("description", SENT[parameter["name"]])
        if parameter["in"] == "query" and "array" in schema.get("type", ()):
            parameter["name"] += "[]"  # without brackets the last one counts
        if parameter["in"] == "path" and parameter["name"].endswith("_id"):
            parameter["schema"] = {"type": "string", "pattern": "^[0-9]+$"}
    operation.setdefault("security", [])
    said = {"200": "Done", **_ALSO.get(path, {}), **_SAID}
    if path.startswith("/api/v1/streaming/"):
        said["501"] = "This process keeps no connections open"
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    given = _given(examples().get(f"{method.upper()} {path}"))
    operation["responses"] = {
        code: {"description": words, "content": content if code[0] in "45" else given}
        for code, words in said.items()
    }


def _given(example: Example | None) -> dict[str, Any]:
    """What comes when all is well; nothing for what is no JSON, and for streams."""
    if example is None or (example.answer is None and not example.entity):
        return {}
    ways: list[dict[str, Any]] = [
        {"$ref": f"#/components/schemas/{name}"} for name in (example.entity, *example.others) if name
    ]
    schema = {"anyOf": ways} if len(ways) > 1 else ways[0] if ways else {}
    if example.is_list or isinstance(example.answer, list):
        return {"application/json": {"schema": {"type": "array", "items": schema}}}
    return {"application/json": {"schema": schema or {"type": "object"}}}


def _explain(properties: dict[str, Any]) -> None:
    """Each with its sentence, unless its Input has one of its own."""
    for name, schema in properties.items():
        if name in SENT:
            schema.setdefault("description", SENT[name])


def _oauth() -> dict[str, Any]:
    site = settings.SITE_URL
    return {
        "type": "oauth2",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": f"{site}/oauth/authorize",
                "tokenUrl": f"{site}/oauth/token",
                "scopes": WORDS,
            },
            "clientCredentials": {"tokenUrl": f"{site}/oauth/token", "scopes": WORDS},
        },
    }
