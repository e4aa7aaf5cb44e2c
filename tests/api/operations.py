"""The lines of api/routes as “GET /api/v1/statuses/{status_id}”."""

import re

from api.operations import Operation
from api.urls import urlpatterns


def served() -> dict[str, Operation]:
    """Every operation there is, without HEAD, which is GET."""
    return {
        f"{method} /{path_of(pattern)}": operation
        for pattern in urlpatterns
        for method, operation in pattern.callback.cls.operations.items()
        if method != "HEAD"
    }


def path_of(pattern) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))


def address(operation: str, an_id: object = 5) -> tuple[str, str]:
    """Method and path, every part of the path filled with the id."""
    method, path = operation.split(" ")
    return method, re.sub(r"\{\w+\}", str(an_id), path)
