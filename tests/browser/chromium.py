"""Debian's Chromium, started so that it asks nobody in the world anything."""

from playwright.sync_api import Browser, Playwright

_ARGUMENTS = [
    "--no-sandbox",  # the tests may run as root, as they do in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright, executable: str) -> Browser:
    return playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
