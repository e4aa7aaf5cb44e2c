"""Every template compiles, and asks for nothing a strict content policy would refuse."""

import re

import pytest
from django.template import engines
from django.urls import Resolver404, resolve

from tests.architecture.house import APPS, ROOT, files

TEMPLATES = [
    path
    for app in APPS
    for path in files(ROOT / app)
    if "templates" in path.parts and path.suffix in {".html", ".txt"}
]
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)|<style|\sstyle=|\son[a-z]+=|javascript:",
    re.IGNORECASE,
)
FOREIGN = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*\s(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE
)


LITERAL = re.compile(
    r"<(?:a|form|link|img|script)\b[^>]*?\s(?:href|action|src|hx-get|hx-post)=\"(/[^\"{]*)\""
)


def name(path):
    return str(path.relative_to(ROOT))


def test_there_are_templates():
    assert PAGES


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_compiles(path):
    inside = path.parts[path.parts.index("templates") + 1 :]

    engines["django"].get_template("/".join(inside))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_template_has_nothing_inline_and_nothing_foreign(path):
    text = path.read_text()

    assert INLINE.findall(text) == []
    assert FOREIGN.findall(text) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_literal_links_lead_to_a_view(path):
    """Templates write our addresses out, which is quick; each is resolved here, so that they stay true."""
    assert [link for link in LITERAL.findall(path.read_text()) if not leads_somewhere(link)] == []


def leads_somewhere(link):
    try:
        resolve(link.partition("?")[0].partition("#")[0])
    except Resolver404:
        return False
    return True
