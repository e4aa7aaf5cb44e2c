"""The main tasks by keyboard alone, with the focus always to be seen."""

import re

import pytest
from playwright.sync_api import Page, expect

# An outline or a shadow that is not there without the focus.
_DRAWN = """
() => {
    const look = (element) => {
        const style = getComputedStyle(element);
        return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor].join();
    };
    const focused = document.activeElement;
    const around = ["*", "label", "form", "li"].map((kind) => focused.closest(kind)).filter(Boolean);
    if (focused.parentElement) around.push(focused.parentElement);
    const withFocus = around.map(look);
    focused.blur();
    const without = around.map(look);
    focused.focus({ focusVisible: true, preventScroll: true });
    return withFocus.some((one, place) => one !== without[place]);
}
"""
_UNCOVERED = """
() => {
    const focused = document.activeElement;
    const box = focused.getBoundingClientRect();
    if (box.width < 3) return true; // stands for a label that is seen
    const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return focused.contains(seen) || Boolean(seen?.contains(focused));
}
"""
_WHAT = "() => document.activeElement.outerHTML.slice(0, 160)"


def test_the_first_key_offers_to_skip_to_the_tweets(open_window):
    page = open_window("alice")
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to tweets")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('#posts').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("path", "person", "width"),
    [("/", "alice", 1280), ("/", "alice", 390), ("/", "", 1280), ("/create/", "alice", 390),
     ("/register/", "", 1280), ("/@alice", "alice", 1280), ("/settings/profile/", "alice", 1280),
     ("/settings/appearance/", "alice", 1280), ("/about/", "alice", 1280)],
)  # fmt: skip
def test_focus_is_always_to_be_seen(open_window, path, person, width):
    page = open_window(person, width=width, reduced_motion="reduce")
    page.goto(path)
    unseen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if not page.evaluate(_DRAWN):
            unseen.append(page.evaluate(_WHAT))

    assert unseen == []


@pytest.mark.parametrize("width", [390, 1280])
def test_focus_is_never_hidden_below_a_bar(open_window, width):
    page = open_window("alice", width=width, height=700, reduced_motion="reduce")
    page.goto("/")
    covered = []
    for _ in range(45):
        page.keyboard.press("Tab")
        if not page.evaluate(_UNCOVERED):
            covered.append(page.evaluate(_WHAT))

    assert covered == []


def test_a_tweet_is_written_sent_and_deleted_by_keyboard(open_window):
    page = open_window("bob")
    page.goto("/create/")
    expect(page.get_by_role("textbox", name="New tweet")).to_be_focused()
    page.keyboard.type("Written without a mouse")
    tab_to(page, "button", "Tweet")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tweet posted successfully!")).to_be_visible()

    page.goto("/@bob")
    card = page.locator("[data-card]").first
    expect(card).to_contain_text("Written without a mouse")
    card.focus()
    more = card.get_by_role("link", name="More", exact=True)
    for _ in range(12):
        page.keyboard.press("Tab")
        if more.evaluate("(it) => it === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(card.get_by_role("link", name="Edit")).to_be_focused()
    tab_to(page, "link", "Delete")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Delete this tweet?")).to_be_visible()
    tab_to(page, "button", "Delete")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tweet deleted.")).to_be_visible()


def test_pictures_are_chosen_by_keyboard(open_window, picture):
    page = open_window("bob")
    page.on("filechooser", lambda chooser: chooser.set_files(picture("red.png", "red")))
    page.goto("/create/")
    expect(page.get_by_role("textbox", name="New tweet")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-choose]")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name=re.compile("Description of picture"))).to_be_visible()


def tab_to(page: Page, role: str, name: str) -> None:
    wanted = page.get_by_role(role, name=name, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if any(one.evaluate("(it) => it === document.activeElement") for one in wanted.all()):
            return
    raise AssertionError(f"the keyboard does not reach the {role} “{name}”")
