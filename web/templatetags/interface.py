"""Tags of the templates: the page's styles and scripts, icons, fields of forms."""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, Textarea
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from web.bundles import HTMX, SCRIPTS, STYLES

register = template.Library()

# What a browser's password manager wants to hear about the fields of our forms.
AUTOCOMPLETE = {
    "login": "username",
    "username": "username",
    "email": "email",
    "password": "current-password",
    "oldpassword": "current-password",
    "password1": "new-password",
    "password2": "new-password",
    "display_name": "name",
    "website": "url",
}


@register.simple_tag
def styles() -> SafeString:
    """The page's style: one file, or its parts one by one while debugging."""
    return _links(STYLES if settings.DEBUG else ("web/site.css",))


@register.simple_tag
def scripts() -> SafeString:
    """htmx and the page's script, deferred and in this order."""
    return _sources((HTMX, *SCRIPTS) if settings.DEBUG else (HTMX, "web/site.js"))


@register.simple_tag
def file_url(path: str) -> str:
    """The address of one of this app's static files, looked up once per process."""
    return _address(f"web/{path}")


@register.tag
def icon(parser: template.base.Parser, token: template.base.Token) -> template.base.TextNode:
    """A drawing of the sprite that says nothing to a screen reader; its name stands beside it.

    `{% icon "home" %}` or `{% icon "home" "icon--nav" %}`: the words are fixed, so the markup is made
    when the template is compiled and costs nothing when a page is drawn.
    """
    name, *more = (word.strip('"') for word in token.split_contents()[1:])
    classes = " ".join(["icon", *more])
    markup = '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>'
    return template.base.TextNode(format_html(markup, classes, _address("web/icons.svg"), name))


@register.tag
def mark(parser: template.base.Parser, token: template.base.Token) -> template.base.TextNode:
    """The site's mark."""
    markup = '<svg class="logo" aria-hidden="true"><use href="{}#mark"/></svg>'
    return template.base.TextNode(format_html(markup, _address("web/icons.svg")))


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField, prefix: str = "", mark_optional: bool = False) -> dict[str, Any]:
    """One field of a form with label, help or error, and what assistive technology needs to join them.

    `prefix` stands inside the field, before what is typed; `mark_optional` says where it may stay empty.
    """
    widget = bound.field.widget
    is_checkbox = isinstance(widget, CheckboxInput)
    attributes: dict[str, Any] = {
        "class": "form-check-input" if is_checkbox else "form-control",
        "placeholder": False,
    }
    described = f"{bound.id_for_label}-help" if bound.help_text or bound.errors else ""
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if isinstance(widget, Textarea):
        attributes["rows"] = "3"
    if bound.name in AUTOCOMPLETE and not widget.attrs.get("autocomplete"):
        attributes["autocomplete"] = AUTOCOMPLETE[bound.name]
    if bound.name in {"login", "username"}:
        attributes |= {"autocapitalize": "none", "spellcheck": "false"}
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attributes),
        "described": described,
        "prefix": prefix,
        "mark_optional": mark_optional and not bound.field.required and not is_checkbox,
        "is_checkbox": is_checkbox,
    }


@cache
def _links(paths: tuple[str, ...]) -> SafeString:
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((_address(path),) for path in paths))


@cache
def _sources(paths: tuple[str, ...]) -> SafeString:
    return format_html_join("\n", '<script src="{}" defer></script>', ((_address(path),) for path in paths))


@cache
def _address(path: str) -> str:
    return static(path)
