"""Bodies of requests: JSON, form and multipart all become the same plain values."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser as DjangoMultiPart
from django.http.multipartparser import MultiPartParserError
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from api.inputs.nested import nested

Values = dict[str, Any]


class _Parser(BaseParser):
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Values:
        request: HttpRequest = (parser_context or {})["request"]._request
        return self.read(request)

    def read(self, request: HttpRequest) -> Values:
        raise NotImplementedError


class JSON(_Parser):
    """An empty body says nothing, and is no error. Depth and length are limited."""

    media_type = "application/json"

    def read(self, request: HttpRequest) -> Values:
        body = request.body  # raises RequestDataTooBig beyond DATA_UPLOAD_MAX_MEMORY_SIZE
        try:
            values = orjson.loads(body) if body.strip() else {}
        except orjson.JSONDecodeError:
            raise ParseError("The body is no JSON") from None
        if not isinstance(values, dict):
            raise ParseError("The body must be a JSON object")
        return values


class Form(_Parser):
    media_type = "application/x-www-form-urlencoded"

    def read(self, request: HttpRequest) -> Values:
        return nested(QueryDict(request.body, encoding="utf-8"))


class MultiPart(_Parser):
    """Fields and files together, for all methods: Django itself reads those of a POST only."""

    media_type = "multipart/form-data"

    def read(self, request: HttpRequest) -> Values:
        try:
            reader = DjangoMultiPart(request.META, request, request.upload_handlers, "utf-8")
            fields, files = reader.parse()
        except MultiPartParserError:
            raise ParseError("The multipart body is damaged") from None
        return {**nested(fields), **nested(files)}


class Anything(_Parser):
    """A body of another kind is not read; whatever was needed of it is missing then."""

    media_type = "*/*"

    def read(self, request: HttpRequest) -> Values:
        return {}
