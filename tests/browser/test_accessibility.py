"""axe-core finds nothing on any page: light and dark, narrow and wide, in every state; and pages reflow."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import DRAWN_ERRORS, SCREENS

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
# The themes differ in colours only, so only these rules can find something new in the second one.
_COLOUR_RULES = {"runOnly": ["color-contrast", "link-in-text-block"]}
_ALL_RULES = {"rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2, which axe leaves out by itself
_QUICK = {"resultTypes": ["violations"], "preload": False, "iframes": False}


@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_every_screen(open_window, paths, screen):
    page = open_window(screen.person, width=1280, reduced_motion="reduce")
    answer = page.goto(screen.path.format(**paths))
    assert answer.status == screen.status

    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page)
    assert_reflows(page)


@pytest.mark.parametrize("code", DRAWN_ERRORS)
def test_error_pages_that_no_visit_provokes(open_window, server, code):
    page = open_window(width=390)
    page.route(
        "**/provoked",
        lambda route: route.fulfill(body=server.scene["error_pages"][code], content_type="text/html"),
    )
    page.goto("/provoked")

    expect(page.get_by_text(f"Error {code}")).to_be_visible()
    assert_accessible(page)
    assert_reflows(page)


@pytest.mark.parametrize("theme", ["light", "dark", "dim", "contrast"])
@pytest.mark.parametrize("path", ["/@alice", "/settings/profile/", "/create/", "/search/?q=a&tab=people"])
def test_every_theme_on_what_has_most_colours(open_window, server, theme, path):
    page = open_window("alice", reduced_motion="reduce")
    page.context.add_cookies([{"name": "theme", "value": theme, "url": server.url}])
    page.goto(path)

    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert violations(page, _COLOUR_RULES) == []


@pytest.mark.parametrize("path", ["/register/", "/login/", "/password/reset/", "/confirm-email/"])
def test_forms_that_complain(open_window, path):
    page = open_window(width=390, reduced_motion="reduce")
    page.goto(path)
    page.locator("main form button[type=submit]").last.click()

    expect(page.locator(".form-error").first).to_be_visible()
    assert_accessible(page)


def test_a_composer_that_complains(open_window):
    page = open_window("carol", width=390, reduced_motion="reduce")
    page.goto("/create/")
    page.locator("[data-composer]").evaluate(
        "(form) => form.submit()"
    )  # the button is off for an empty tweet

    expect(page.locator(".form-error")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("state", ["near", "over", "pictures"])
def test_a_composer_in_use(open_window, picture, state):
    page = open_window("carol", width=390, reduced_motion="reduce")
    page.goto("/create/")
    if state == "pictures":
        page.locator("[data-choose]").set_input_files([picture("one.png"), picture("two.png", "navy")])
        expect(page.locator("[data-upload-item]")).to_have_count(2)
    else:
        page.get_by_role("textbox", name="New tweet").fill("x" * {"near": 265, "over": 300}[state])

    assert_accessible(page)


@pytest.mark.parametrize("menu", ["More", "Share"])
def test_the_open_menu_of_a_card(open_window, menu):
    page = open_window("alice", reduced_motion="reduce")
    page.goto("/@alice")
    page.locator("[data-card]").last.get_by_role("link", name=menu, exact=True).click()
    expect(page.locator(".actions .dropdown-menu")).to_be_visible()

    assert_accessible(page)


def test_the_open_menu_of_the_frame(open_window):
    page = open_window("stella", reduced_motion="reduce")
    page.goto("/about/")
    page.get_by_role("navigation", name="Main").get_by_text("More").click()

    assert (
        violations(page, {}) == []
    )  # what lies below an open menu is too narrow to be pressed, and is not meant to


def test_the_drawer_of_the_phone(open_window):
    page = open_window("stella", width=390, reduced_motion="reduce")
    page.goto("/")
    page.get_by_role("button", name="Open menu").click()
    expect(page.locator("#drawer")).to_be_visible()

    assert_accessible(page)


def test_the_lightbox(open_window, paths):
    page = open_window(reduced_motion="reduce")
    page.goto(paths["pictures_4"])
    page.locator("a[data-full]").first.click()
    expect(page.get_by_role("dialog", name="Picture")).to_be_visible()

    assert_accessible(page)


def test_an_open_description(open_window, paths):
    page = open_window(width=390, reduced_motion="reduce")
    page.goto(paths["pictures_1"])
    page.locator(".media__alt summary").click()

    assert_accessible(page)


def assert_accessible(page: Page) -> None:
    """No violation as the page stands, nor when the system turns dark."""
    page.emulate_media(color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, _COLOUR_RULES) == []


def assert_reflows(page: Page) -> None:
    """Nobody has to scroll sideways at 320 pixels, which is also 1280 enlarged to 400 %."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def violations(page: Page, rules: dict = _ALL_RULES) -> list[str]:
    """What axe says, one line for each element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found = page.evaluate("(options) => axe.run(document, options)", {**_QUICK, **rules})
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))} – {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
