"""An app that registered, with its secret."""

from dataclasses import dataclass

import pytest

from clients.actions import register_app
from clients.models import App

CALLBACK = "https://app.example/callback"


@dataclass(frozen=True)
class Registered:
    app: App
    secret: str

    @property
    def credentials(self) -> dict[str, str]:
        return {"client_id": self.app.client_id, "client_secret": self.secret}


@pytest.fixture
def registered(db) -> Registered:
    return Registered(*register_app("Tusk", [CALLBACK], "read write follow push", "https://app.example"))
