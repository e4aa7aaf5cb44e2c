"""Errors become pages in the site's look, with a sentence and a way back."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from common.errors import Invalid, NotAllowed, NotFound, TooMany
from web.errors import house_error_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_a_visitor():
    return RequestFactory().get("/")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Invalid("What?"), 400),
        (NotAllowed("Not yours."), 403),
        (NotFound("Gone."), 404),
        (TooMany("Slow.", 30), 429),
    ],
)
def test_house_errors_have_their_status_and_sentence(request_of_a_visitor, error, status):
    response = house_error_page(request_of_a_visitor, error)
    assert response.status_code == status
    assert error.message in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_too_many_says_when_to_come_back(request_of_a_visitor):
    assert house_error_page(request_of_a_visitor, TooMany("Slow.", 30)).headers["Retry-After"] == "30"


def test_an_unknown_address_is_a_page_of_ours(client):
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert "/static/" in response.content.decode()


@pytest.mark.parametrize("address", ["/tags/a%00b", "/@alice%00", "/media/a%00b.png", "/%00"])
def test_an_address_with_nul_is_unknown(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_a_forged_host_is_refused_and_not_repeated(settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_a_missing_token_is_explained(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    response = client.post("/create/", {"text": "x"})
    assert response.status_code == 403
    assert "reload the page" in response.content.decode()


def test_the_page_for_our_own_mistakes_needs_nothing():
    page = render_to_string("500.html")
    assert "<html" in page
