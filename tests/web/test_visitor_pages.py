"""Pages for visitors: drawn once, named by an ETag, new at once when anything changes, and nobody else's."""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD, make_tweet, make_user
from tweets.actions import delete_tweet
from web.visitor_pages import _PAGES, VisitorPages

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = ["/", "/local/", "/explore/", "/@alice", "/@alice.rss", "/@alice.atom", "/about/", "/sitemap.xml"]


@pytest.fixture(autouse=True)
def _pages_are_kept(settings, tmp_path):
    settings.VISITOR_PAGES_SECONDS = 3600
    settings.SINGLE_PROCESS = True
    settings.DATA_DIR = tmp_path


@pytest.fixture
def hello(alice):
    return make_tweet(alice, "good morning")


def named(response):
    """Its headers, without the name of the request."""
    return {name: value for name, value in response.headers.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("path", PUBLIC)
def test_the_second_look_costs_no_query_and_is_the_same(client, hello, path, django_assert_num_queries):
    first = client.get(path)
    with django_assert_num_queries(0):
        second = client.get(path)
    assert first.status_code == second.status_code == 200
    assert second.content == first.content
    assert named(second) == named(first)
    assert "Cookie" in second.headers.get("Vary", "Cookie")


@pytest.mark.parametrize("path", PUBLIC)
def test_whoever_has_it_already_gets_304(client, hello, path, django_assert_num_queries):
    first = client.get(path)
    with django_assert_num_queries(0):
        second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control", "Cross-Origin-Resource-Policy", "Content-Security-Policy"):
        assert second.headers.get(name) == first.headers.get(name)


def test_oembed_keeps_its_word_to_other_sites_when_nothing_changed(client, hello):
    path = f"/oembed?url=http://localhost:8000{hello.path}"
    first = client.get(path)
    second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 304
    for answer in (first, second):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_an_older_copy_is_replaced_by_the_whole(client, hello):
    """Whoever asks with an old name draws the page for everybody else, too."""
    answer = client.get("/local/", headers={"If-None-Match": '"old"'})
    assert answer.status_code == 200
    assert b"good morning" in client.get("/local/").content


def test_a_change_is_seen_at_once(client, as_bob, hello):
    def page():
        return client.get("/local/").content.decode()

    assert "good morning" in page()
    as_bob.post(f"{hello.path}/like")
    assert 'aria-label="Like, 1"' in page()
    as_bob.post("/create/", {"text": "a second one"})
    assert "a second one" in page()
    delete_tweet(hello.author, hello)
    assert "good morning" not in page()


def test_a_suspension_is_seen_at_once(client, hello, staff, as_person):
    assert client.get("/@alice").status_code == 200
    as_person(staff).post("/moderation/people/@alice/", {"kind": "suspend", "reason": "Spam."})
    assert not User.objects.get(pk=hello.author.pk).is_active
    assert client.get("/@alice").status_code == 404
    assert "good morning" not in client.get("/local/").content.decode()


def test_what_is_refused_changes_nothing(client, hello, django_assert_num_queries):
    client.get("/local/")
    Client().post(f"{hello.path}/nothing")
    with django_assert_num_queries(0):
        client.get("/local/")


def test_whoever_is_signed_in_never_gets_nor_leaves_such_a_page(client, as_alice, as_bob, hello):
    for path in ("/", "/@alice", "/local/", "/explore/"):
        theirs = as_alice.get(path)
        assert theirs.headers["Cache-Control"] == "private, no-cache"
        assert "ETag" not in theirs.headers
        visitors = client.get(path)
        assert "csrfmiddlewaretoken" not in visitors.content.decode()
        assert as_bob.get(path).content != visitors.content
        assert client.get(path).content == visitors.content


def test_after_logging_in_one_sees_ones_own_pages(client, alice):
    before = client.get("/")
    client.post("/login/", {"login": "alice", "password": PASSWORD})
    after = client.get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Log out" in after.content.decode()


def test_pages_with_a_form_are_each_browsers_own(client):
    pages = [Client().get("/login/") for _ in range(2)]
    tokens = [re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1] for page in pages]
    assert tokens[0] != tokens[1]
    assert all("ETag" not in page.headers for page in pages)


def test_the_look_of_the_site_is_part_of_the_page(hello):
    light, dark = Client(), Client()
    light.cookies["theme"], dark.cookies["theme"] = "light", "dark"
    assert 'data-theme="light"' in light.get("/local/").content.decode()
    assert 'data-theme="dark"' in dark.get("/local/").content.decode()
    assert 'data-theme="light"' in light.get("/local/").content.decode()


def test_a_fragment_is_no_page(client, hello):
    whole, part = client.get("/local/"), client.get("/local/", headers={"HX-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"<html" in client.get("/local/").content


def test_another_host_is_refused_before_anything_is_looked_up(client, settings):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    client.get("/about/")
    assert client.get("/about/", headers={"host": "evil.example"}).status_code == 400


def test_what_was_not_found_is_not_kept(client, alice):
    assert client.get("/@nora").status_code == 404
    make_user("nora")
    assert client.get("/@nora").status_code == 200


def test_where_no_sign_is_pages_are_drawn_and_named(client, hello, settings):
    """Several processes without Redis."""
    settings.SINGLE_PROCESS = False
    first = client.get("/local/")
    User.objects.filter(pk=hello.author.pk).update(display_name="Changed")
    changed = client.get("/local/")
    assert changed.content != first.content
    again = client.get("/local/", headers={"If-None-Match": changed.headers["ETag"]})
    assert again.status_code == 304


def test_answers_of_the_api_are_not_among_them(client, settings):
    first, second = client.get("/api/v2/instance"), client.get("/api/v2/instance")
    assert int(first.headers["X-RateLimit-Remaining"]) == int(second.headers["X-RateLimit-Remaining"]) + 1


def test_pages_that_are_kept_exist():
    from twitter_clone.urls import urlpatterns

    names = {pattern.name for part in urlpatterns for pattern in _leaves(part)}
    assert names >= _PAGES


def _leaves(part):
    for inner in getattr(part, "url_patterns", [part]):
        yield from _leaves(inner) if hasattr(inner, "url_patterns") else [inner]


def test_who_counts_requests_is_told_what_was_asked_for(client, hello):
    routes = [client.get("/@alice").wsgi_request.resolver_match.url_name for _ in range(2)]
    assert routes == ["profile", "profile"]


def test_while_developing_nothing_is_kept(client, hello, settings):
    """A template that was changed shows at once, and changes no row."""
    settings.DEBUG = True
    client.get("/local/")
    User.objects.filter(pk=hello.author.pk).update(display_name="Changed")
    assert "Changed" in client.get("/local/").content.decode()


def test_memory_is_bounded(monkeypatch, rf, settings):
    from django.http import HttpResponse

    monkeypatch.setattr("web.visitor_pages._KEPT_BYTES", 1000)
    monkeypatch.setattr("web.visitor_pages._page_of", lambda request, response: response.page)

    class Page:
        body, etag, headers, match = b"x" * 300, '"x"', {}, None

        def response(self):
            return HttpResponse(self.body)

    def view(request):
        response = HttpResponse()
        response.page = Page()
        return response

    pages = VisitorPages(view)
    for number in range(10):
        pages(rf.get(f"/about/?{number}"))
    assert len(pages._pages) == 3
