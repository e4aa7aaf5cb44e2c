"""A browser without scripts: it sends the forms that stand on a page, with all that stands in them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from tests.analytics.readers import BROWSER

_NOT_TYPED = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """`offers` are all names it knows; `filled` is what a browser sends when nobody types."""

    action: str = ""  # with its query
    is_post: bool = False
    offers: set[str] = field(default_factory=set)
    filled: dict[str, list[str]] = field(default_factory=dict)
    actions: set[str] = field(default_factory=set)  # of its buttons, where these lead elsewhere

    def leads_to(self, action: str) -> bool:
        return self.is_post and action in {urlsplit(self.action).path, *self.actions}

    def fill(self, name: str, value: str) -> None:
        self.filled.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms, self._named = path, [], {}
        self._open, self._select, self._area = None, None, None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        has = dict(attrs)
        if tag == "form":
            self._open = self._named.setdefault(has["id"], Form()) if has.get("id") else Form()
            self._open.action = has.get("action") or self.path
            self._open.is_post = (has.get("method") or "").lower() == "post"
            self.forms.append(self._open)
        form, name = self._form_of(has), has.get("name")
        if form is None:
            return
        if tag == "button" and has.get("formaction"):
            form.actions.add(urlsplit(has["formaction"]).path)
        if tag == "option" and self._select:
            self._select[2].append((has.get("value", ""), "selected" in has))
        if not name or "disabled" in has:
            return
        if tag in ("input", "select", "textarea", "button"):
            form.offers.add(name)
        if tag == "input":
            self._input(form, name, has)
        elif tag == "select":
            self._select = (form, name, [])
        elif tag == "textarea":
            self._area = (form, name, [])

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._area:
            form, name, said = self._area
            form.fill(name, "".join(said).removeprefix("\n"))
            self._area = None
        elif tag == "select" and self._select:
            form, name, options = self._select
            chosen = [value for value, is_chosen in options if is_chosen] or [
                value for value, _ in options[:1]
            ]
            form.filled[name] = chosen
            self._select = None

    def _form_of(self, has: dict) -> Form | None:
        """A field may stand outside of its form, also before it."""
        return self._named.setdefault(has["form"], Form()) if has.get("form") else self._open

    def _input(self, form: Form, name: str, has: dict) -> None:
        kind = has.get("type") or "text"
        if kind in ("checkbox", "radio"):
            if "checked" in has:
                form.fill(name, has.get("value") or "on")
        elif kind not in _NOT_TYPED:
            form.fill(name, has.get("value") or "")


def forms_on(path: str, html: str) -> list[Form]:
    reader = _Reader(path)
    reader.feed(html)
    return reader.forms


class Browser:
    """At an address of its own. `sees` is told of each page that is drawn: its path, and the answer."""

    def __init__(self, address: str, sees=None) -> None:
        self._client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address, HTTP_USER_AGENT=BROWSER)
        self._sees, self.here = sees or (lambda path, answer: None), ""

    def open(self, path: str, status: int = 200) -> str:
        """What stands there, wherever it leads."""
        answer = self._client.get(path)
        self._sees(path, answer)
        if answer.status_code in (301, 302):
            return self.open(answer.headers["Location"], status)
        assert answer.status_code == status, (path, answer.status_code)
        self.here = path
        return answer.content.decode("utf-8-sig")

    def tell(self, path: str) -> None:
        """What a script of ours sends beside a page: no form and no token, but from our own origin."""
        answer = self._client.post(path, headers={"Origin": settings.SITE_URL})
        assert answer.status_code == 204, (path, answer.status_code)

    def send(self, page: str, action: str = "", status: int = 200, **typed: object) -> str:
        """Fill in the form of that page that leads to `action`, or to the page itself, send it, and go where
        it leads. Names that the form does not have are an error, as nobody could fill them in.
        """
        action = action or urlsplit(page).path
        html = self.open(page)
        found = [
            one for one in forms_on(self.here, html) if one.leads_to(action) and set(typed) <= one.offers
        ]
        assert found, f"{page} has no form for {action} with {sorted(typed)}"
        target = action if action in found[0].actions else found[0].action
        answer = self._client.post(target, {**found[0].filled, **typed})
        self._sees(action, answer)
        if answer.status_code == 302:
            return self.open(answer.headers["Location"], status)
        assert answer.status_code == status, (action, answer.status_code, answer.content.decode()[:3000])
        return answer.content.decode()
