"""Two people at their browsers: what one does the other sees, without asking for it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import RunningServer

_SCENE = {"scene": "tests.browser.live_scene", "settings": "tests.browser.instant"}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    return RunningServer(tmp_path_factory.mktemp("live"), **_SCENE)


@pytest.fixture(scope="module")
def server(running):
    with running as server:
        yield server


@pytest.fixture(scope="module")
def paths(server):
    return server.scene["paths"]


def tweet(page: Page, words: str) -> None:
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill(words)
    page.locator("[data-send]").click()
    expect(page.locator("[data-toast]")).to_be_visible()


def entries(page: Page) -> list[str]:
    return page.locator("[data-entry]").evaluate_all("items => items.map((item) => item.dataset.entry)")


def is_listening(page: Page) -> None:
    """The page is on the line, which tests wait for because nothing shows it."""
    page.wait_for_timeout(1500)


def test_new_tweets_gather_behind_one_pill_and_come_when_asked(open_window):
    alice, bob = open_window("alice"), open_window("bob")
    bob.goto("/")
    is_listening(bob)
    before = entries(bob)
    tweet(alice, "The ferry is late.")
    pill = bob.locator(".pill")
    expect(pill).to_have_text("Show 1 new tweet")
    tweet(alice, "And now it is here.")
    expect(pill).to_have_text("Show 2 new tweets")
    expect(pill.locator("img")).to_have_count(1)  # one face for each person
    expect(bob.locator("[data-pill-says]")).to_have_text("Show 1 new tweet")  # said once
    assert entries(bob)[: len(before)] == before

    pill.click()
    expect(bob.locator("[data-card]").first).to_contain_text("And now it is here.")
    expect(bob.locator("[data-card]").nth(1)).to_contain_text("The ferry is late.")
    expect(pill).to_have_count(0)
    assert entries(bob)[2 : 2 + len(before)] == before
    assert len(set(entries(bob))) == len(entries(bob))


def test_a_key_shows_them_too(open_window):
    alice, bob = open_window("alice"), open_window("bob")
    bob.goto("/")
    is_listening(bob)
    tweet(alice, "By the key.")
    expect(bob.locator(".pill")).to_be_visible()
    bob.keyboard.press(".")

    expect(bob.locator("[data-card]").first).to_contain_text("By the key.")
    assert bob.evaluate("document.activeElement.matches('[data-card]')")


def test_a_visitor_reads_along(open_window):
    alice, visitor = open_window("alice"), open_window()
    visitor.goto("/")
    is_listening(visitor)
    tweet(alice, "For everybody.")

    expect(visitor.locator(".pill")).to_have_text("Show 1 new tweet")
    visitor.locator(".pill").click()
    expect(visitor.locator("[data-card]").first).to_contain_text("For everybody.")


def test_a_like_and_the_bell_follow(open_window, paths):
    alice, bob = open_window("alice"), open_window("bob")
    alice.goto(paths["first"])
    is_listening(alice)
    badge = alice.locator(".rail a[href='/notifications/'] .badge")
    waiting = int(badge.inner_text().split()[0])  # bob follows her
    bob.goto(paths["first"])
    bob.locator(".tweet--focus .do-like").click()

    focus = alice.locator(".tweet--focus")
    expect(focus.locator(".do-like")).to_have_text("1")
    expect(focus.locator(".do-like")).to_have_attribute("aria-label", "Like, 1")
    expect(focus.locator("[data-counts]")).to_contain_text("1 Like")
    expect(badge).to_contain_text(str(waiting + 1))
    expect(alice).to_have_title(re.compile(rf"^\({waiting + 1}\) "))
    bob.locator(".tweet--focus .do-like").click()
    expect(focus.locator(".do-like")).to_have_text("")


def test_an_open_thread_grows_and_what_is_deleted_leaves(open_window, paths):
    alice, bob, visitor = open_window("alice"), open_window("bob"), open_window()
    visitor.goto(paths["first"])
    is_listening(visitor)
    bob.goto(paths["first"])
    bob.get_by_role("textbox").first.fill("I am, since five.")
    bob.locator("[data-send]").click()
    reply = visitor.locator("#posts > li", has_text="I am, since five.")
    expect(reply).to_be_visible()
    alice.goto("/@bob/replies")
    alice.locator("[data-card]", has_text="I am, since five.").locator(".do-reply").click()
    alice.get_by_role("textbox").first.fill("So early!")
    alice.locator("[data-send]").click()
    answer = reply.locator(".nest > li", has_text="So early!")
    expect(answer).to_be_visible()

    bob.goto("/@bob/replies")
    path = (
        bob.locator("[data-card]", has_text="I am, since five.").locator("[data-open]").get_attribute("href")
    )
    bob.goto(f"/delete/{path.rsplit('/', 1)[1]}/")
    bob.get_by_role("button", name="Delete").click()
    expect(visitor.locator("#posts > li > .gone")).to_be_visible()  # what answers it stays
    expect(visitor.get_by_text("I am, since five.")).to_have_count(0)
    expect(visitor.get_by_text("So early!")).to_be_visible()


def test_an_edit_shows_and_a_deleted_tweet_leaves_the_list_and_the_pill(open_window):
    alice, bob = open_window("alice"), open_window("bob")
    tweet(alice, "The first wrods.")
    bob.goto("/")
    is_listening(bob)
    tweet(alice, "Something to regret.")
    expect(bob.locator(".pill")).to_be_visible()
    alice.goto("/")
    ids = [
        card.split("t")[1]
        for card in alice.locator("[data-card]").evaluate_all("all => all.map((one) => one.id)")[:2]
    ]
    alice.goto(f"/edit/{ids[1]}/")
    alice.get_by_role("textbox").first.fill("The first words.")
    alice.locator("[data-send]").click()
    expect(bob.locator(f"#t{ids[1]}")).to_contain_text("The first words.")
    alice.goto(f"/delete/{ids[0]}/")
    alice.get_by_role("button", name="Delete").click()
    expect(bob.locator(".pill")).to_have_count(0)
    alice.goto(f"/delete/{ids[1]}/")
    alice.get_by_role("button", name="Delete").click()

    expect(bob.locator(f"#t{ids[1]}")).to_have_count(0)


def test_logged_out_in_another_tab_the_page_hears_no_more(open_window):
    alice, bob = open_window("alice"), open_window("carol")
    bob.goto("/local/")
    is_listening(bob)
    other = bob.context.new_page()
    other.goto("/logout/")
    other.locator("main").get_by_role("button", name="Log out").click()
    expect(other.get_by_role("link", name="Log in").first).to_be_visible()
    tweet(alice, "Not for carol's old page.")
    bob.wait_for_timeout(2500)

    expect(bob.locator(".pill")).to_have_count(0)


def test_killed_and_back_it_has_all_and_nothing_twice(open_window, running, server):
    alice, visitor = open_window("alice", is_watched=False), open_window(is_watched=False)
    visitor.goto("/local/")
    is_listening(visitor)
    tweet(alice, "Before the power failed.")
    expect(visitor.locator(".pill")).to_have_text("Show 1 new tweet")
    running.kill()
    visitor.wait_for_timeout(1500)
    running.start()
    running.wait(server)
    tweet(alice, "After the power failed.")

    expect(visitor.locator(".pill")).to_have_text("Show 2 new tweets", timeout=60_000)
    visitor.locator(".pill").click()
    expect(visitor.locator("[data-card]").first).to_contain_text("After the power failed.")
    expect(visitor.locator("[data-card]").nth(1)).to_contain_text("Before the power failed.")
    assert len(set(entries(visitor))) == len(entries(visitor))
