"""In development each page shows its queries, under the same strict policy as everywhere."""

import re

import pytest
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import RequestFactory

from accounts.models import User
from common.watching.requests import Watched
from tests.factories import make_tweet
from web.panel import Panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_development(settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = ["common.watching.requests.Watched", "web.panel.Panel", *settings.MIDDLEWARE[1:]]


def test_a_page_ends_with_its_queries(as_alice, alice, in_development):
    make_tweet(alice)
    answer = as_alice.get("/local/")
    page = answer.content.decode()
    panel = page[page.index('<details class="queries"') :]

    count = int(re.search(r"(\d+) queries", panel)[1])
    assert count == panel.count("<code>") > 3
    assert "FROM &quot;accounts_user&quot;" in panel
    assert panel.rstrip().endswith("</html>")
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert "nonce" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", panel)


def test_without_debug_there_is_none():
    page = Watched(Panel(_asking_twice))(RequestFactory().get("/")).content.decode()

    assert page == "<html><body></body></html>"


def test_what_repeats_is_counted(settings):
    settings.DEBUG = True
    page = Watched(Panel(_asking_twice))(RequestFactory().get("/")).content.decode()

    assert "2 queries" in page
    assert "1 repeated" in page
    assert page.count("one of 2") == 2


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse("<body></body>", content_type="text/plain"),
        HttpResponse("<p>a fragment</p>"),
        JsonResponse({"body": "</body>"}),
        StreamingHttpResponse([b"<body></body>"]),
        HttpResponse(b"<body></body>", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["text", "fragment", "json", "stream", "compressed"],
)
def test_what_is_no_page_stays_as_it_is(settings, answer):
    settings.DEBUG = True
    before = b"" if answer.streaming else answer.content
    after = Watched(Panel(lambda request: answer))(RequestFactory().get("/"))

    assert b"queries" not in (b"".join(after) if after.streaming else after.content)
    assert after.streaming or after.content == before


def _asking_twice(request):
    for number in (1, 2):
        User.objects.filter(pk=number).exists()
    return HttpResponse("<html><body></body></html>")
