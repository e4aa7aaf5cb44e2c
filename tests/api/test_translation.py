"""Nobody translates here, and apps are told so."""

import pytest

from tests.factories import make_tweet

pytestmark = pytest.mark.django_db


def test_nobody_translates_here(alices, alice, bob):
    """As apps expect it of a server without translation."""
    path = f"/api/v1/statuses/{make_tweet(bob, 'Guten Morgen', language='de').id}/translate"
    answer = alices.post(path, {"lang": "en"})
    assert (answer.status_code, answer.json()) == (404, {"error": "Record not found"})
    assert alices.get("/api/v1/instance/translation_languages").json() == {}
    assert alices.get("/api/v2/instance").json()["configuration"]["translation"] == {"enabled": False}
