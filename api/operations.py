"""How the table of api/routes becomes views: an address, its methods, and what each asks of a token."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NamedTuple, cast

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed
from rest_framework.request import Request
from rest_framework.views import APIView

from api import pace
from api.authentication import ApiRequest
from clients.queries import Access


class _Id(StringConverter):
    """An id as it stands in an address. What is none, or too large to be one, is not found."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


register_converter(_Id, "id")

View = Callable[..., HttpResponse]
_CONVERTER = re.compile(r"<\w+:")  # a colon in a name would mean a namespace


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. Any one of `scopes` is enough.

    A token that is shown is looked at, unless `ignores_tokens`.
    """

    view: View
    scopes: tuple[str, ...] = ()
    needs_token: bool = False
    needs_person: bool = False
    ignores_tokens: bool = False


def open_to_all(view: View) -> Operation:
    """The same for everybody: no token is looked at."""
    return Operation(view, ignores_tokens=True)


def anyone(view: View, *scopes: str) -> Operation:
    """Visitors too; a token needs one of the scopes."""
    return Operation(view, scopes)


def app(view: View, *scopes: str) -> Operation:
    """Any app that shows a token, its own or a person's."""
    return Operation(view, scopes, needs_token=True)


def person(view: View, *scopes: str) -> Operation:
    """An app that acts for a person, with one of the scopes."""
    return Operation(view, scopes, needs_token=True, needs_person=True)


class Area(NamedTuple):
    """One part of the API, as /developers/ and the description for machines name it."""

    slug: str
    name: str
    about: str
    routes: tuple[URLPattern, ...]


class Endpoint(APIView):
    """One address. What REST framework does for an answer that is finished already is left out."""

    operations: ClassVar[Mapping[str, Operation]] = {}
    address: ClassVar[str] = ""
    area: ClassVar[Area]
    operation: Operation

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        operation = self.operations.get(request.method or "")
        if operation is None or operation.ignores_tokens:
            request.authenticators = []
        self._find_out_who(request)
        if operation is None:
            raise MethodNotAllowed(request.method or "")
        self.operation = operation
        self.check_permissions(request)
        pace.count_operation(request, self.address)

    def _find_out_who(self, request: Request) -> None:
        """And count the request: a token that is none counts for the address."""
        try:
            self.perform_authentication(request)
        except AuthenticationFailed:
            pace.count(request, None)
            raise
        pace.count(request, cast(Access | None, request.auth))

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {}


def at(address: str, **operations: Operation) -> URLPattern:
    """A line of the table: `at("api/v1/bookmarks", GET=person(bookmarks.index, "read:bookmarks"))`."""
    if "GET" in operations:
        operations["HEAD"] = replace(operations["GET"])
    handlers = {method.lower(): _handler(operation) for method, operation in operations.items()}
    name = _CONVERTER.sub("<", address)
    kind: type[Endpoint] = type(
        "Endpoint", (Endpoint,), {"operations": operations, "address": name, **handlers}
    )
    return path(address, kind.as_view(), name=name)


def area(slug: str, name: str, about: str, routes: Iterable[URLPattern]) -> Area:
    """These lines of the table belong together."""
    found = Area(slug, name, about, tuple(routes))
    for line in found.routes:
        endpoint_of(line).area = found
    return found


def endpoint_of(line: URLPattern) -> type[Endpoint]:
    """What answers at a line of the table."""
    found: type[Endpoint] = line.callback.cls  # type: ignore[attr-defined]  # as as_view() has it
    return found


def _handler(operation: Operation) -> Callable[..., HttpResponse]:
    def handle(endpoint: Endpoint, request: ApiRequest, **parts: Any) -> HttpResponse:
        return operation.view(request, **parts)

    handle.__doc__ = operation.view.__doc__
    return handle
