"""What a page must never do, noted while it is used: errors, broken rules of the policy, foreign requests."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response


class Watch:
    """Collects in `faults` what went wrong behind the scenes of one window."""

    def __init__(self, page: Page, url: str) -> None:
        self.faults: list[str] = []
        self._host = urlsplit(url).netloc
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._on_request)
        page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        # Chromium also reports each answer of 400 and above; _on_response judges those.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._host:
            self.faults.append(f"asked another host: {request.url}")

    def _on_response(self, response: Response) -> None:
        """A page may refuse; what a page is made of must be there."""
        is_part = response.request.resource_type not in {"document", "xhr", "fetch"}
        if response.status >= 500 or (is_part and response.status >= 400):
            self.faults.append(f"{response.status} for {response.url}")
