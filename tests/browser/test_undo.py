"""Undo in the toast: as long as it is offered nobody was told, and the words are back."""

import pytest
from playwright.sync_api import expect

from tests.browser.server import RunningServer


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("patient")
    with RunningServer(folder, scene="tests.browser.scene", settings="tests.browser.patient") as server:
        yield server


def test_undo_gives_a_thread_back_and_nobody_hears_of_it(open_window):
    page, other = open_window("dora"), open_window("bob")
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill("Not yet, @bob")
    page.get_by_role("button", name="Add another tweet").click()
    page.get_by_role("textbox", name="Tweet 2", exact=True).fill("nor this")
    page.locator("[data-send]").click()
    toast = page.locator("[data-toast]")
    expect(toast.get_by_role("link", name="View")).to_be_visible()
    toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("textbox", name="Tweet 2", exact=True)).to_have_value("nor this")
    expect(page.locator("[name=text]")).to_have_value("Not yet, @bob")
    page.wait_for_timeout(15_000)  # until it would have been delivered
    other.goto("/notifications/")
    expect(other.get_by_text("Not yet, @bob")).to_have_count(0)


def test_what_is_not_taken_back_arrives(open_window):
    page, other = open_window("dora"), open_window("bob")
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill("Here it comes, @bob")
    page.locator("[data-send]").click()
    expect(page.locator("[data-toast]")).to_be_visible()
    page.wait_for_timeout(15_000)
    expect(page.locator("[data-toast]")).to_have_count(0)
    other.goto("/notifications/")
    expect(other.get_by_text("Here it comes, @bob").first).to_be_visible()


def test_without_scripts_it_is_a_button_of_the_page(open_window):
    page = open_window("dora", scripts=False)
    page.goto("/create/")
    page.get_by_role("textbox", name="New tweet").fill("Plainly undone")
    page.get_by_role("button", name="Tweet", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("textbox", name="New tweet")).to_have_value("Plainly undone")
