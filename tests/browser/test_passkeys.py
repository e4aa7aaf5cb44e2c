"""Passkeys in a real browser, with Chromium's virtual authenticator; codes of an app, scripts on and off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD
from tests.second_steps import code_of


def give_password(page: Page, name: str) -> None:
    page.goto("/login/")
    page.get_by_label("Username or e-mail").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).not_to_have_url(re.compile("/login/$"))


def plug_in(page: Page) -> None:
    """A phone that keeps passkeys and knows its owner's finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def log_out(page: Page) -> None:
    page.goto("/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()


def test_a_passkey_is_made_and_signs_in_alone_and_as_second_step(open_window):
    page = open_window()
    plug_in(page)
    give_password(page, "percy")
    page.goto("/settings/security/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Keep these codes")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(10)
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download").click()
    assert downloaded.value.suggested_filename == "recovery-codes.txt"
    text = downloaded.value.path().read_text()
    assert len(re.findall(r"^\d{4} \d{4}$", text, re.M)) == 10
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.locator("bdi", has_text="My phone")).to_be_visible()
    expect(page.get_by_role("heading", name="Two-step sign-in is on")).to_be_visible()

    log_out(page)
    page.goto("/login/?next=/settings/security/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Two-step sign-in is on")).to_be_visible()

    log_out(page)
    give_password(page, "percy")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("navigation").first).to_be_visible()
    page.goto("/settings/security/")
    expect(page.get_by_text("last used")).to_be_visible()


def test_one_device_keeps_one_passkey_for_one_person(open_window):
    page = open_window()
    plug_in(page)
    give_password(page, "pia")
    for outcome in ("Keep these codes", "This device has a passkey for this account already."):
        page.goto("/settings/security/passkeys/new/")
        page.get_by_label("Name").fill("My phone")
        page.get_by_role("button", name="Make a passkey").click()
        expect(page.get_by_text(outcome)).to_be_visible()


def test_no_passkey_at_hand_is_said_and_the_password_still_works(open_window):
    page = open_window()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")  # and nothing plugged in
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("No passkey was used.")).to_be_visible()
    give_password(page, "bob")
    expect(page).not_to_have_url(re.compile("/login/"))


@pytest.mark.parametrize("person", ["paul", "paula"], ids=["scripts on", "scripts off"])
def test_an_app_is_set_up_and_asked_for(open_window, person):
    page = open_window(scripts=person == "paul")
    give_password(page, person)
    page.goto("/settings/security/app/")
    key = "".join(page.locator(".key-text span").all_inner_texts())
    expect(page.get_by_role("img", name="QR code with the key")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(code_of(key))
    page.get_by_role("button", name="Turn on").click()
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10

    log_out(page)
    give_password(page, person)
    page.get_by_role("textbox", name="Code").fill("000000")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("This code is not right.")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(codes[0])
    page.get_by_role("button", name="Log in").click()
    expect(page).not_to_have_url(re.compile("/login/"))
    page.goto("/settings/security/")
    expect(page.get_by_text("9 left")).to_be_visible()


def test_without_scripts_passkeys_are_not_offered(open_window):
    page = open_window(scripts=False)
    page.goto("/login/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    give_password(page, "bob")
    page.goto("/settings/security/passkeys/new/")
    expect(page.get_by_text("Passkeys need scripts")).to_be_visible()
    expect(page.get_by_role("button", name="Make a passkey")).to_be_hidden()
