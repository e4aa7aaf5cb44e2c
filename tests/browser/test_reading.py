"""Reading: endless pages, the lightbox, menus, toasts, and nothing that moves under the reader."""

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

_SHIFT = """
() => new Promise((tell) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => tell(sum), 300);
})
"""


def test_the_feed_loads_five_pages_by_itself_and_then_asks(open_window):
    page = open_window()
    page.goto("/")
    cards = page.locator("[data-feed] [data-card]")

    for pages in range(2, 7):
        to_the_end(page)
        expect(cards).to_have_count(10 * pages)
    to_the_end(page)
    page.wait_for_timeout(400)  # nothing may happen: there is no event to wait for
    expect(cards).to_have_count(60)

    page.get_by_role("link", name="Load more").click()
    expect(cards).to_have_count(70)
    ids = page.evaluate("[...document.querySelectorAll('[data-card]')].map((card) => card.id)")
    assert len(set(ids)) == len(ids), "a tweet came twice"


def test_without_scripts_there_are_older_and_newer_pages(open_window):
    page = open_window(scripts=False)
    page.goto("/")
    first = page.locator("[data-card]").first.get_attribute("id")

    page.get_by_role("link", name="Older tweets").click()
    expect(page.locator("[data-card]")).to_have_count(10)
    assert page.locator("[data-card]").first.get_attribute("id") != first
    page.get_by_role("link", name="Newer tweets").click()

    assert page.locator("[data-card]").first.get_attribute("id") == first


@pytest.mark.parametrize("number", [9, 14], ids=["end of the first page", "second page"])
def test_going_back_finds_the_place_again(open_window, number):
    page = open_window()
    page.goto("/")
    cards = page.locator("[data-feed] [data-card]")
    to_the_end(page)
    expect(cards).to_have_count(20)
    card = cards.nth(number)
    card.evaluate("(card) => card.scrollIntoView({ block: 'start', behavior: 'instant' })")
    top = card.bounding_box()["y"]
    card.locator("a[data-open]").click()
    expect(page.locator(".tweet--focus")).to_be_visible()

    page.go_back()

    expect(cards.nth(19)).to_be_attached()
    deadline = time.monotonic() + 10
    while abs(cards.nth(number).bounding_box()["y"] - top) > 4 and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert abs(cards.nth(number).bounding_box()["y"] - top) <= 4


def test_a_click_on_the_card_opens_the_tweet_and_on_a_name_the_person(open_window):
    page = open_window()
    page.goto("/@bob")
    card = page.locator("[data-card]").first

    card.locator(".tweet__text").click()
    expect(page).to_have_url(re.compile(r"/@bob/\d+$"))
    page.go_back()
    card.locator(".tweet__head .name").click()
    expect(page).to_have_url(re.compile("/@bob$"))


def test_the_lightbox_obeys_the_keyboard(open_window, paths):
    page = open_window()
    page.goto(paths["pictures_4"])
    second = page.locator("a[data-full]").nth(1)
    second.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Picture")
    expect(box).to_be_visible()
    expect(box.locator(".lightbox__count")).to_have_text("2 / 4")
    expect(box.locator(".lightbox__words")).to_contain_text("Picture 2: hills in one colour")

    page.keyboard.press("ArrowRight")
    expect(box.locator(".lightbox__count")).to_have_text("3 / 4")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(box.locator(".lightbox__count")).to_have_text("1 / 4")
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")

    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.locator("a[data-full]").first).to_be_focused()


def test_without_scripts_a_picture_opens_its_page(open_window, paths):
    page = open_window(scripts=False)
    page.goto(paths["pictures_4"])
    page.locator("a[data-full]").first.click()

    expect(page.get_by_role("heading", name="Picture")).to_be_visible()
    expect(page.locator("figcaption")).to_contain_text("Picture 1: hills in one colour")
    page.get_by_role("link", name=re.compile("Next", re.I)).click()
    expect(page.locator("figcaption")).to_contain_text("Picture 2")


def test_a_slow_picture_shows_its_colours_first(open_window, paths):
    page = open_window()
    waiting = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/media/**", hold)
    page.goto(paths["pictures_1"], wait_until="domcontentloaded")
    colours = page.locator(".media canvas")

    expect(colours).to_have_count(1)
    assert (
        page.evaluate(
            "document.querySelector('.media canvas').getContext('2d').getImageData(5, 5, 1, 1).data[3]"
        )
        == 255
    )

    for route in waiting:
        route.continue_()
    expect(colours).to_have_count(0)


def test_alt_opens_the_description(open_window, paths, scripts):
    page = open_window(scripts=scripts)
    page.goto(paths["pictures_1"])
    page.locator(".media__alt summary").click()

    expect(page.locator(".media__alt p")).to_be_visible()


def test_menus_close_by_escape_and_by_a_click_elsewhere(open_window, paths):
    page = open_window("alice")
    page.goto("/@alice")
    card = page.locator("[data-card]").first
    more, link = (card.get_by_role("link", name=name, exact=True) for name in ("More", "Delete"))

    more.click()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(more).to_be_focused()

    more.click()
    expect(link).to_be_visible()
    page.locator("h1").first.click()
    expect(link).to_be_hidden()


def test_copying_a_link_says_so_and_the_toast_fades(open_window, paths):
    page = open_window(permissions=["clipboard-read", "clipboard-write"])
    page.goto(paths["linked"])
    page.clock.install()
    page.get_by_role("link", name="Share", exact=True).first.click()
    page.get_by_role("button", name="Copy link").first.click()

    toast = page.get_by_text("Link copied")
    expect(toast).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(paths["linked"])

    toast.hover()
    page.clock.run_for(8000)
    expect(toast).to_be_visible()  # somebody may be reading it
    page.mouse.move(0, 0)
    page.clock.run_for(6000)
    expect(toast).to_have_count(0)


@pytest.mark.parametrize(("width", "person"), [(390, ""), (1280, ""), (1280, "alice")])
def test_nothing_moves_while_the_feed_arrives(open_window, width, person):
    page = open_window(person, width=width)
    page.goto("/@alice", wait_until="load")

    assert page.evaluate(_SHIFT) < 0.05

    page.goto("/", wait_until="load")
    to_the_end(page)
    expect(page.locator("[data-card]")).to_have_count(20)
    assert page.evaluate(_SHIFT) < 0.05


def to_the_end(page: Page) -> None:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_buttons_of_a_card_keep_their_size(open_window, width):
    page = open_window("alice", width=width)
    page.goto("/local/")
    sizes = page.locator(".actions > :is(a, button)").evaluate_all(
        """(all) => [...new Set(all.map((one) => {
          const sign = getComputedStyle(one, "::before");
          return `${one.clientHeight} ${one.clientWidth >= 34} ${sign.width} ${sign.height} ${sign.margin}`;
        }))]"""
    )

    assert sizes == ["34 true 20px 20px 7px"]
