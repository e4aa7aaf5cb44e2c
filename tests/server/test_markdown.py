"""Markdown to HTML: what it knows, and that nothing else gets through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.markdown import to_html

_TAGS = "h2 h3 h4 h5 p br hr ul ol li blockquote strong em code".split()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("one\ntwo\n\nthree", "<p>one<br>two</p>\n<p>three</p>"),
        ("# Title\n#### Small ##", "<h2>Title</h2>\n<h5>Small</h5>"),
        ("- a\n- b\n\n1. c\n2) d", "<ul><li>a</li><li>b</li></ul>\n<ol><li>c</li><li>d</li></ol>"),
        ("so:\n- a", "<p>so:</p>\n<ul><li>a</li></ul>"),
        ("> said\n> so", "<blockquote><p>said<br>so</p></blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("**bold** and *it* and _it_", "<p><strong>bold</strong> and <em>it</em> and <em>it</em></p>"),
        ("snake_case_name and 2*3*4", "<p>snake_case_name and 2*3*4</p>"),
        ("`**not** <b>`", "<p><code>**not** &lt;b&gt;</code></p>"),
        (
            "[here](https://example.org/a_b_c?x=1&y=2)",
            '<p><a href="https://example.org/a_b_c?x=1&amp;y=2" rel="nofollow noopener">here</a></p>',
        ),
        ("[rules](/rules/)", '<p><a href="/rules/">rules</a></p>'),
        (
            "[mail](mailto:a@example.org)",
            '<p><a href="mailto:a@example.org" rel="nofollow noopener">mail</a></p>',
        ),
        ("[x](javascript:evil())", "<p>[x](javascript:evil())</p>"),
        ("[x](//evil.example)", "<p>[x](//evil.example)</p>"),
        ("[x](/\\evil.example)", "<p>[x](/\\evil.example)</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (
            '[a"b](https://e.org/"onclick=x)',
            '<p><a href="https://e.org/&quot;onclick=x" rel="nofollow noopener">a&quot;b</a></p>',
        ),
        ("a\0b \x000\x00", "<p>ab 0</p>"),
    ],
)
def test_what_it_makes(text, html):
    assert to_html(text) == html


@given(st.text(alphabet="ab <>&\"'`*_#-+.1)[]()/\\:>\n\0h", max_size=80))
def test_whatever_is_typed_only_known_tags_come_out(text):
    rest = re.sub(
        r'<a href="(?:https?://|mailto:|/)[^"<>]*"(?: rel="nofollow noopener")?>|</a>', "", to_html(text)
    )
    rest = re.sub(rf"</?(?:{'|'.join(_TAGS)})>", "", rest)
    assert "<" not in rest
    assert ">" not in rest
