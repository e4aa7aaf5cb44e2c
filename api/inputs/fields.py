"""Reading what a request sends: serializers that turn it into values, tolerant where clients differ."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs.nested import nested
from common.languages import known_language

_MOST = 200  # of anything in a list
_LARGEST_ID = 2**63 - 1
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{1,8})*")  # ISO 639, with script, region and so on


def values_of(request: Request) -> dict[str, Any]:
    """Query and body together; the body counts where both name something."""
    query = nested(request.query_params) if request.META.get("QUERY_STRING") else {}
    return {**query, **cast(dict[str, Any], request.data)}


class Input(serializers.Serializer[Any]):
    """What one operation takes. Unknown names are ignored."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """The values by name; those not sent are missing, or have their default. Raises ValidationError."""
        read: dict[str, Any] = _reader(cls).run_validation(values_of(request))
        return read

    @classmethod
    def read_sent(cls, request: Request) -> dict[str, Any]:
        """Only what was sent, without defaults; for changes that leave the rest as it is."""
        names = values_of(request)
        return {name: value for name, value in cls.read(request).items() if name in names}


@cache
def _reader(kind: type[Input]) -> Input:
    """One for all requests: to copy every field for each, as the library does, takes longer than reading."""
    return kind()


@extend_schema_field({"type": "string", "pattern": "^[0-9]{1,18}$"})
class Id(serializers.Field[int, Any, str, Any]):
    """The id of something, as text or number."""

    default_error_messages = {"invalid": "This is no id."}

    def to_internal_value(self, data: Any) -> int:
        text = str(data) if isinstance(data, str | int) and not isinstance(data, bool) else ""
        if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= _LARGEST_ID):
            self.fail("invalid")
        return int(text)

    def to_representation(self, value: int) -> str:
        return str(value)


class Many(serializers.ListField):
    """A list. `id=1` is a list of one; `fields_attributes[0]`, `[1]` of a form are in the order they came."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", _MOST)
        super().__init__(**options)

    def get_value(self, dictionary: Mapping[str, Any]) -> Any:
        return dictionary.get(self.field_name or "", serializers.empty)

    def to_internal_value(self, data: Any) -> list[Any]:
        if isinstance(data, Mapping) and data and all(str(name).isdigit() for name in data):
            data = list(data.values())
        elif not isinstance(data, list):
            data = [data]
        found: list[Any] = super().to_internal_value(data)
        return found


class Text(serializers.CharField):
    """Text as it came; empty is fine, and null is as good as empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("allow_blank", True)
        super().__init__(trim_whitespace=False, **options)


class Language(Text):
    """A code like en or pt-BR. One that the site does not list says nothing: apps know more languages than
    people can choose here, and their words are welcome all the same.
    """

    default_error_messages = {"unknown": "This is no code of a language."}

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data).strip()
        if code and not _LANGUAGE_CODE.fullmatch(code):
            self.fail("unknown")
        return known_language(code) or ""


class Flag(serializers.BooleanField):
    """Yes or no, in every spelling that clients use."""


class Number(serializers.IntegerField):
    """A whole number; in a form that leaves it out, nothing."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(None if data == "" and self.allow_null else data)
