"""What holds on every page: no sideways scrolling, light pages, the right theme from the first byte."""

import re
from itertools import groupby

import pytest
from playwright.sync_api import expect

from tests.browser.screens import SCREENS, Screen

_NARROW = 320


def test_no_screen_scrolls_sideways_without_scripts(open_window, paths):
    """Then other parts show: the fields for pictures, links to older pages."""
    too_wide = {}
    for person, screens in groupby(sorted(SCREENS, key=by_person), key=by_person):
        page = open_window(person, scripts=False, width=_NARROW, height=640)
        for screen in screens:
            page.goto(screen.path.format(**paths))
            width = page.locator("html").evaluate("(html) => html.scrollWidth")
            if width > _NARROW:
                too_wide[str(screen)] = width

    assert too_wide == {}


@pytest.mark.parametrize(("person", "kilobytes"), [("", 40), ("bob", 48)])
def test_a_page_of_ten_tweets_and_ten_pictures_is_light(open_window, person, kilobytes):
    """Who is signed in has a composer, people to meet and more ways too; see tests/web/test_weight.py."""
    page = open_window(person)
    answer = page.goto("/")

    sent = answer.body()  # in the page itself endless reading may have brought more by now
    assert len(re.findall(rb"<\w+ [^>]*\bdata-card\b", sent)) == 10
    assert len(sent) < kilobytes * 1024


@pytest.mark.parametrize(("chosen", "system"), [("Dark", "light"), ("Light", "dark"), ("Dim", "light")])
def test_a_chosen_theme_is_in_the_first_byte(open_window, server, scripts, chosen, system):
    page = open_window(scripts=scripts, color_scheme=system)
    page.goto("/settings/appearance/")
    page.get_by_role("radio", name=chosen, exact=True).check()
    page.get_by_role("button", name="Save").click()

    html = page.goto("/").text()

    assert re.search(r"<html[^>]*>", html).group().find(f'data-theme="{chosen.lower()}"') > 0
    expected = {"Dark": "rgb(12, 17, 23)", "Light": "rgb(255, 255, 255)"}
    if chosen in expected:
        expect(page.locator("body")).to_have_css("background-color", expected[chosen])


def test_the_system_decides_until_one_chooses(open_window):
    page = open_window(color_scheme="dark")
    page.goto("/")
    expect(page.locator("body")).to_have_css("background-color", "rgb(12, 17, 23)")

    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_name_is_checked_while_it_is_typed(open_window):
    page = open_window()
    page.goto("/register/")
    name = page.get_by_label("Username")
    told = page.locator("#username-check")

    name.press_sequentially("ALICE")
    expect(told).to_contain_text(re.compile("taken"))
    name.fill("")
    name.press_sequentially("somebody_new")
    expect(told).to_contain_text("Free. People will find you as @somebody_new")


def test_the_drawer_of_the_phone_leads_on_and_closes(open_window):
    page = open_window("alice", width=390)
    page.goto("/")
    page.get_by_role("button", name="Open menu").click()
    drawer = page.locator("#drawer")
    expect(drawer).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()

    page.get_by_role("button", name="Open menu").click()
    drawer.get_by_role("link", name="Settings").click()
    expect(page).to_have_url(re.compile("/settings/profile/$"))


def test_the_current_settings_page_is_named_on_a_phone(open_window):
    page = open_window("alice", width=320)
    page.goto("/settings/appearance/")

    expect(page.locator(".settings-nav [aria-current]")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("section", ["reports", "statistics", "audit"])
def test_a_finger_finds_its_way_through_moderation(open_window, scripts, section):
    """The row of sections scrolls: the current one and part of a neighbour are seen, each is large enough."""
    page = open_window("stella", width=390, scripts=scripts)
    page.goto(f"/moderation/{section}/")
    row = page.get_by_role("navigation", name="Moderation")

    expect(row.locator("[aria-current]")).to_be_in_viewport(ratio=1)
    boxes = [link.bounding_box() for link in row.get_by_role("link").all()]
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)
    assert sum(box["x"] < 390 and box["x"] + box["width"] > 0 for box in boxes) > 1


def test_figures_of_housekeeping_fit_on_a_phone(open_window):
    page = open_window("stella", width=360)
    page.goto("/moderation/doctor/")
    table = page.get_by_role("table")

    box = table.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def by_person(screen: Screen) -> str:
    return screen.person
