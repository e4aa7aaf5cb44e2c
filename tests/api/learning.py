"""What answers are made of, learnt from many of them: a JSON schema for each thing that has a name.

Names, and which attribute holds which thing, are those of the public description; types are what was seen.
"""

from collections.abc import Iterator
from typing import Any

from tests.api.shape import at, least_missing

_KINDS = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
}
Schema = dict[str, Any]


class Learner:
    """`see` each answer beside its public schema, then ask for the `schemas`."""

    def __init__(self) -> None:
        self._seen: dict[str, list[dict[str, Any]]] = {}

    def see(self, schema: Schema, value: Any) -> None:
        """Remember every named thing within the value."""
        if value is None:
            return
        if reference := schema.get("$ref"):
            if isinstance(value, dict):
                self._seen.setdefault(_name(reference), []).append(value)
            self.see(at(reference.removeprefix("#")), value)
        elif choices := schema.get("anyOf"):
            self.see(least_missing(choices, value), value)
        elif isinstance(value, list):
            for entry in value:
                self.see(schema.get("items", {}), entry)
        elif isinstance(value, dict):
            for name, inner in schema.get("properties", {}).items():
                self.see(inner, value.get(name))

    def schemas(self) -> dict[str, Schema]:
        """By name."""
        return {name: self._thing(name, self._seen[name]) for name in sorted(self._seen)}

    def _thing(self, name: str, values: list[dict[str, Any]]) -> Schema:
        public = at(f"/components/schemas/{name}")
        always = set.intersection(*(set(value) for value in values))
        return {
            "type": "object",
            "required": sorted(always & set(public.get("required", ()))),
            "properties": self._attributes(public, values),
        }

    def _attributes(self, public: Schema, values: list[dict[str, Any]]) -> dict[str, Schema]:
        names = dict.fromkeys(name for value in values for name in value)
        known = public.get("properties", {})
        return {
            name: self._part(known.get(name, {}), [value[name] for value in values if name in value])
            for name in names
        }

    def _part(self, public: Schema, values: list[Any]) -> Schema:
        may_be_null = None in values or "null" in _types(public)
        if things := [name for name in _things(public) if name in self._seen]:
            ways: list[Schema] = [{"$ref": f"#/components/schemas/{name}"} for name in things]
            ways += [{"type": "null"}] if may_be_null else []
            return ways[0] if len(ways) == 1 else {"anyOf": ways}
        kinds = {_KINDS[type(value)] for value in values} | (_types(public) if may_be_null else set())
        kinds -= {"integer"} if "number" in kinds else set()
        found: Schema = {"type": sorted(kinds) if len(kinds) > 1 else min(kinds)} if kinds else {}
        if "array" in kinds:
            inner = [entry for value in values if isinstance(value, list) for entry in value]
            found["items"] = self._part(public.get("items", {}), inner)
        if objects := [value for value in values if isinstance(value, dict)]:
            found["properties"] = self._attributes(public, objects)
        return found


def _things(public: Schema) -> Iterator[str]:
    """Names of what may stand there; names of mere texts are none."""
    for choice in (public, *public.get("anyOf", ())):
        reference = choice.get("$ref", "")
        if reference and "properties" in at(reference.removeprefix("#")):
            yield _name(reference)


def _types(public: Schema) -> set[str]:
    said = public.get("type", ())
    choices = {kind for choice in public.get("anyOf", ()) for kind in _types(choice)}
    return choices | ({said} if isinstance(said, str) else set(said))


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
