"""One server and one Chromium for the browser tests, and windows that watch what happens in them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import RunningServer, Server
from tests.browser.watching import Watch
from tests.run import find_chromium

_PATIENCE_MS = 15_000  # a busy machine is no defect
expect.set_options(timeout=_PATIENCE_MS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here that opens a window is a browser test; no file can forget to say so."""
    for item in items:
        if "open_window" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    with RunningServer(tmp_path_factory.mktemp("site"), scene="tests.browser.scene") as server:
        yield server


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Ended with this folder, because Django refuses the database while Playwright's loop is alive."""
    executable = find_chromium()
    if not executable:
        pytest.skip("no Chromium found (install the package chromium, or name one in CHROMIUM)")
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        yield browser
        browser.close()


@pytest.fixture
def open_window(chromium: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """`open_window("alice", scripts=False)`: a window of that person, or of a visitor.

    At the end of the test nothing may have gone wrong behind the scenes, whatever the test looked at.
    """
    contexts, watches = [], []

    def window(
        person: str = "",
        *,
        scripts: bool = True,
        width: int = 1280,
        height: int = 900,
        is_watched: bool = True,
        **more,
    ) -> Page:
        context = chromium.new_context(
            base_url=server.url,
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(_PATIENCE_MS)
        if person:
            context.add_cookies(server.cookies_of(person))
        page = context.new_page()
        if is_watched:  # else it may complain, of a server that is gone
            watches.append(Watch(page, server.url))
        return page

    yield window
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def scripts(request) -> bool:
    return request.param


@pytest.fixture(scope="session")
def paths(server: Server) -> dict[str, str]:
    return server.scene["paths"]


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., Path]:
    """`picture("blue.png", "blue")`: a picture file on the disk of the person at the browser."""

    def file(name: str, colour: str = "teal", size: tuple[int, int] = (640, 400)) -> Path:
        Image.new("RGB", size, colour).save(tmp_path / name)
        return tmp_path / name

    return file
