"""Under Gunicorn alone there is no socket: pages ask by themselves, and nobody notices a difference."""

import pytest
from playwright.sync_api import expect

from tests.browser.server import RunningServer
from tests.browser.test_live import entries, tweet


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    gunicorn = ("-m", "gunicorn", "twitter_clone.wsgi", "--bind", "127.0.0.1:{port}", "--workers", "1")
    return RunningServer(
        tmp_path_factory.mktemp("asking"),
        scene="tests.browser.live_scene",
        settings="tests.browser.instant",
        command=gunicorn,
        SINGLE_PROCESS="no",
    )


@pytest.fixture(scope="module")
def server(running):
    with running as server:
        yield server


def test_a_page_asks_by_itself_and_opens_no_socket(open_window, server):
    alice, visitor = open_window("alice"), open_window()
    sockets = []
    visitor.on("websocket", lambda socket: sockets.append(socket.url))
    visitor.goto("/local/")
    before = entries(visitor)
    tweet(alice, "Without a socket.")
    tweet(alice, "And once more.")
    pill = visitor.locator(".pill")
    expect(pill).to_have_text("Show 2 new tweets")
    pill.click()

    expect(visitor.locator("[data-card]").first).to_contain_text("And once more.")
    assert entries(visitor)[2 : 2 + len(before)] == before  # older ones may follow by now
    newest = visitor.locator("[data-card]").first
    card = newest.get_attribute("id")
    alice.goto("/local/")
    alice.locator(f"#{card} .do-like").click()
    expect(newest.locator(".do-like")).to_have_text("1")
    alice.goto(f"/delete/{card[1:]}/")
    alice.get_by_role("button", name="Delete").click()
    expect(visitor.locator(f"#{card}")).to_have_count(0)
    assert sockets == []


def test_an_open_thread_grows(open_window, server):
    bob, visitor = open_window("bob"), open_window()
    path = server.scene["paths"]["first"]
    visitor.goto(path)
    bob.goto(path)
    bob.get_by_role("textbox").first.fill("Here, too.")
    bob.locator("[data-send]").click()

    expect(visitor.locator("#posts > li", has_text="Here, too.")).to_be_visible()


def test_the_page_of_notifications_has_its_pill(open_window, running):
    alice, bob = open_window("alice"), open_window("bob")
    bob.goto("/notifications/")
    tweet(alice, "Good morning, @bob.")
    running.work()
    bob.locator(".pill", has_text="Show new notifications").click()

    expect(bob.locator("#posts")).to_contain_text("Good morning, @bob.")
    expect(bob.locator(".pill")).to_have_count(0)


def test_a_page_that_nobody_looks_at_asks_nothing(open_window):
    visitor = open_window()
    asked = []
    visitor.on("request", lambda request: asked.append(request.url) if "/live/news" in request.url else None)
    visitor.add_init_script("Object.defineProperty(document, 'hidden', {get: () => true})")
    visitor.goto("/local/")
    visitor.wait_for_timeout(3000)

    assert asked == []


def test_without_scripts_there_is_a_link(open_window):
    visitor = open_window(scripts=False)
    visitor.goto("/local/")
    visitor.get_by_role("link", name="Refresh").click()

    expect(visitor.locator("[data-card]").first).to_be_visible()
