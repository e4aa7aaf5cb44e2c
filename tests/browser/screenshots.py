"""Pictures of every screen, on three widths, light and dark: `bin/screenshots [FOLDER] [PART OF A NAME]`."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.chromium import launch
from tests.browser.screens import DRAWN_ERRORS, SCREENS, Screen
from tests.browser.server import RunningServer, Server
from tests.run import find_chromium

_WIDTHS = {390: 844, 768: 1024, 1280: 900}  # pixels: wide, high
_PHONE_BELOW = 576


def main() -> None:
    options = _options()
    executable = find_chromium()
    if not executable:
        sys.exit("No Chromium found: install the package chromium, or name one in CHROMIUM.")
    options.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="tc-") as data,
        RunningServer(Path(data), scene="tests.browser.demo") as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright, executable)
        for screen in SCREENS:
            if options.part in str(screen):
                _take(browser, server, screen, options)
        if not options.part or options.part == "error":
            _take_errors(browser, server, options)
        browser.close()
    sys.stdout.write(f"The pictures are in {options.folder}.\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    parser.add_argument("part", nargs="?", default="", help="only screens with this in their name")
    parser.add_argument("--full", action="store_true", help="the whole page, not only what is seen first")
    return parser.parse_args()


def _take(browser: Browser, server: Server, screen: Screen, options: argparse.Namespace) -> None:
    for width in _WIDTHS:
        page = _page(browser, server, width)
        if screen.person:
            page.context.add_cookies(server.cookies_of(screen.person))
        page.goto(screen.path.format(**server.scene["paths"]))
        _take_both(page, f"{screen}-{width}", options)


def _take_errors(browser: Browser, server: Server, options: argparse.Namespace) -> None:
    for code, width in product(DRAWN_ERRORS, _WIDTHS):
        page = _page(browser, server, width)
        page.route("**/provoked", _answer(server.scene["error_pages"][code]))
        page.goto("/provoked")
        _take_both(page, f"error-{code}-{width}", options)


def _answer(html: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=html, content_type="text/html")


def _page(browser: Browser, server: Server, width: int) -> Page:
    """A window, or a phone: its scroll bar takes no room and fingers need larger buttons."""
    is_phone = width < _PHONE_BELOW
    viewport = {"width": width, "height": _WIDTHS[width]}
    context = browser.new_context(
        base_url=server.url,
        viewport=viewport,
        reduced_motion="reduce",
        is_mobile=is_phone,
        has_touch=is_phone,
    )
    return context.new_page()


def _take_both(page: Page, name: str, options: argparse.Namespace) -> None:
    """Light and dark; the window is closed afterwards."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        file = options.folder / f"{name.replace(' ', '-')}-{scheme}.png"
        page.screenshot(path=file, full_page=options.full)
    page.context.close()


if __name__ == "__main__":
    main()
