"""The API as it describes itself."""

from django.http import HttpResponse

from api.answers import encoded
from api.authentication import ApiRequest
from api.schema import description


def show(request: ApiRequest) -> HttpResponse:
    """This document."""
    return encoded(description(), headers={"Cache-Control": "public, max-age=300"})
