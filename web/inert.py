"""Headers for files that a browser shall draw and do nothing else with, wherever they are shown."""

from typing import TypeVar

from django.http import HttpResponseBase

from common.storage.types import CACHE_CONTROL

Response = TypeVar("Response", bound=HttpResponseBase)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": CACHE_CONTROL,  # the address changes whenever the content does
    "Cross-Origin-Resource-Policy": "cross-origin",  # people also read from other sites and apps
}


def inert(response: Response) -> Response:
    """The same response, forbidden to run, load or be taken for anything."""
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response
