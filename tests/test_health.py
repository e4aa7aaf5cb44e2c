"""Is it alive, and could it serve people."""

import pytest
from django.db import connection
from django.test import Client

from web.views import health


def test_alive_needs_neither_database_nor_session(as_alice, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = as_alice.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_ready_names_its_parts(db, client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": "ok", "migrations": "ok", "cache": "ok"}


def test_ready_remembers_that_the_tables_are_there(db, client, django_assert_num_queries):
    client.get("/readyz")
    with django_assert_num_queries(1):
        client.get("/readyz")


def test_a_pending_migration_is_not_ready(db, client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response.json()["migrations"].endswith("pending; run manage.py migrate")
    assert response.json()["database"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/at all")
    try:
        response = client.get("/readyz")
    finally:
        connection.close()
    assert response.status_code == 503
    assert response.json()["database"] == "does not answer (OperationalError)"
    assert "nowhere" not in response.content.decode()


def test_a_cache_that_forgets_is_not_ready(db, client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["cache"] == "does not keep what it is given"


def test_a_redis_that_is_away_is_told_of_and_keeps_nobody_out(db, client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["redis"] == "does not keep what it is given"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_looking_is_allowed(db, path):
    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_by_bare_address_gets_its_answer_and_nothing_of_its_own_back(db, settings, path):
    settings.ALLOWED_HOSTS = ["example.org"]
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get(path, HTTP_HOST="10.1.2.3:8000")
    assert response.status_code == 200
    assert "10.1.2.3" not in response.content.decode() + str(response.headers)
    assert Client().get("/about/", HTTP_HOST="10.1.2.3:8000", secure=True).status_code == 400
