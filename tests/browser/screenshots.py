"""Pictures of every screen, on three widths, light and dark: `bin/screenshots [FOLDER] [PART OF A NAME]`."""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.screens import DRAWN_ERRORS, SCREENS, Screen
from tests.browser.server import RunningServer, Server
from tests.run import find_chromium

_WIDTHS = {390: 844, 768: 1024, 1280: 900}  # pixels: wide, high
_SCHEMES = ("light", "dark")


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
    context = browser.new_context(base_url=server.url, reduced_motion="reduce")
    if screen.person:
        context.add_cookies(server.cookies_of(screen.person))
    page = context.new_page()
    page.goto(screen.path.format(**server.scene["paths"]))
    _take_all(page, str(screen), options)
    context.close()


def _take_errors(browser: Browser, server: Server, options: argparse.Namespace) -> None:
    for code in DRAWN_ERRORS:
        html = server.scene["error_pages"][code]
        page = browser.new_page(base_url=server.url, reduced_motion="reduce")
        page.route("**/provoked", lambda route, html=html: route.fulfill(body=html, content_type="text/html"))
        page.goto("/provoked")
        _take_all(page, f"error-{code}", options)
        page.close()


def _take_all(page: Page, name: str, options: argparse.Namespace) -> None:
    for width, height in _WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in _SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.wait_for_load_state("networkidle")
            file = options.folder / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
            page.screenshot(path=file, full_page=options.full)


if __name__ == "__main__":
    main()
