"""Calling the API as an app does."""

import json
from typing import Any

from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts.models import User
from clients.actions import register_app, save_token
from clients.keys import new_key
from clients.redirects import OUT_OF_BAND

EVERYTHING = "read write follow push profile"


class Caller:
    """Sends JSON unless `form` or `files` is given; answers are Django's, with `json()`."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self._client = Client()

    def __call__(
        self, method: str, path: str, data: Any = None, *, form: Any = None, files: Any = None, **headers: str
    ):
        if self.token:
            headers = {"Authorization": f"Bearer {self.token}", **headers}
        if files is not None:
            # The test client encodes a POST only; the body is the same for the other methods.
            body, kind = _multipart(files)
        elif form is not None:
            body, kind = form, "application/x-www-form-urlencoded"
        else:
            body, kind = "" if data is None else json.dumps(data), "application/json"
        return self._client.generic(method, path, body, content_type=kind, headers=headers)

    def get(self, path: str, **headers: str):
        return self("GET", path, **headers)

    def post(self, path: str, data: Any = None, **how: Any):
        return self("POST", path, data, **how)

    def put(self, path: str, data: Any = None, **how: Any):
        return self("PUT", path, data, **how)

    def patch(self, path: str, data: Any = None, **how: Any):
        return self("PATCH", path, data, **how)

    def delete(self, path: str, data: Any = None, **how: Any):
        return self("DELETE", path, data, **how)


def caller_for(person: User | None, scopes: str = EVERYTHING) -> Caller:
    """An app with a token for the person, or for itself alone."""
    app, _ = register_app("Test app", [OUT_OF_BAND], scopes)
    key = new_key()
    save_token(app, person, key, scopes)
    return Caller(key)


def _multipart(fields: dict[str, Any]) -> tuple[bytes, str]:
    return encode_multipart(BOUNDARY, fields), MULTIPART_CONTENT
