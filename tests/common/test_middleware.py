"""Headers, sizes and addresses of every request."""

import pytest
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from common.middleware import ClientAddress, ContentPolicy

SENT = {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 1.2.3.4, 10.0.0.5"}


def address(settings, hops: int, **sent: str) -> str:
    settings.TRUSTED_PROXIES = hops
    request = RequestFactory().get("/", **sent)
    ClientAddress(lambda request: None)(request)
    return request.META["REMOTE_ADDR"]


def test_without_a_proxy_of_ours_the_header_is_not_believed(settings):
    assert address(settings, 0, **SENT) == "10.0.0.9"


def test_the_hop_is_counted_from_the_right(settings):
    assert address(settings, 1, **SENT) == "10.0.0.5"
    assert address(settings, 2, **SENT) == "1.2.3.4"


def test_a_request_that_went_around_the_proxy_keeps_its_address(settings):
    assert address(settings, 2, REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="6.6.6.6") == "10.0.0.9"
    assert address(settings, 1, REMOTE_ADDR="10.0.0.9") == "10.0.0.9"


@pytest.mark.django_db
def test_every_page_carries_the_safety_headers(client):
    for path in ("/", "/@nobody", "/login/", "/healthz"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]


def answered_with(response: HttpResponse) -> HttpResponse:
    return ContentPolicy(lambda request: response)(RequestFactory().get("/"))


def test_the_policy_is_that_of_the_settings():
    ours, librarys = HttpResponse(), HttpResponse()
    CSPMiddleware(lambda request: librarys)(RequestFactory().get("/"))
    assert set(answered_with(ours).headers[HEADER].split("; ")) == set(librarys.headers[HEADER].split("; "))


def test_a_view_may_want_another_policy_for_its_page():
    framed = HttpResponse()
    framed._csp_replace = {"frame-ancestors": ["*"]}
    assert "frame-ancestors *" in answered_with(framed).headers[HEADER]
    with_its_own = HttpResponse(headers={HEADER: "default-src 'none'"})
    assert answered_with(with_its_own).headers[HEADER] == "default-src 'none'"
    exempt = HttpResponse()
    exempt._csp_exempt = True
    assert HEADER not in answered_with(exempt).headers


def test_pages_of_errors_have_none_while_debugging(settings):
    settings.DEBUG = True
    assert HEADER not in answered_with(HttpResponse(status=500)).headers
    assert HEADER in answered_with(HttpResponse()).headers


@pytest.mark.django_db
def test_a_huge_body_is_refused_by_its_announced_length(as_alice, settings):
    settings.REQUEST_MAX_BYTES = 1000
    response = as_alice.post("/create/", {"text": "x" * 2000})
    assert response.status_code == 413


@pytest.mark.django_db
def test_too_large_form_fields_are_refused_as_such(as_alice, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert as_alice.post("/create/", {"text": "x" * 2000}).status_code == 413
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    assert as_alice.post("/create/", {f"f{n}": n for n in range(9)}).status_code == 413


@pytest.mark.parametrize(
    ("hop", "meant"),
    [
        ("1.2.3.4:55", "1.2.3.4"),
        ("[::1]:55", "::1"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("1.2.3.4", "1.2.3.4"),
    ],
)
def test_a_port_is_no_part_of_the_address(settings, hop, meant):
    assert address(settings, 1, REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=hop) == meant


@pytest.mark.django_db
@pytest.mark.parametrize("to_https", [False, True])
def test_redirects_carry_the_safety_headers_too(client, settings, to_https):
    settings.SECURE_SSL_REDIRECT = to_https
    response = client.get("/create")
    assert response.status_code == 301
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
