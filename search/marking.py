"""Marking what was looked for: whole words in finished HTML, beginnings in plain text."""

import regex
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.query_language import NAMES, Question
from search.words import runs_of

# A tag, a character reference, or text between them. Only text is looked into.
_PIECES = regex.compile(r"(?P<markup><[^>]*>|&#?\w+;)|(?P<text>[^<&]+|[<&])")


def mark_found(html: SafeString, question: Question) -> SafeString:
    """The same HTML, with <mark> around the words of the question. What is HTML stays as it is."""
    words, parts = _wanted(question)
    if not words and not parts:
        return html
    pieces = (
        found["markup"] or _marked(found["text"], words, parts) for found in _PIECES.finditer(str(html))
    )
    return mark_safe("".join(pieces))  # noqa: S308  nothing but <mark> is put into finished HTML


def mark_beginnings(text: str, question: Question) -> SafeString:
    """Text as HTML, with <mark> around the words of it that begin like one that people are looked for by."""
    kinds = ("words", *NAMES)
    asked = [it.value for it in question.conditions if it.kind in kinds and not it.is_negated]
    beginnings = tuple({run.folded for value in asked for run in runs_of(value)})
    marked, done = "", 0
    for run in runs_of(text):
        is_found = any(it in run.folded for it in beginnings) if run.is_unspaced else False
        if is_found or (beginnings and run.folded.startswith(beginnings)):
            marked += f"{escape(text[done : run.start])}<mark>{escape(text[run.start : run.end])}</mark>"
            done = run.end
    return mark_safe(marked + escape(text[done:]))  # noqa: S308  escaped piece by piece


def _wanted(question: Question) -> tuple[set[str], set[str]]:
    """Whole words, and rows of characters that may stand within a longer one."""
    words, parts = set[str](), set[str]()
    for condition in question.conditions:
        if condition.is_negated or condition.kind not in ("words", "tag"):
            continue
        for run in runs_of(condition.value):
            (parts if run.is_unspaced else words).add(run.folded)
    return words, parts


def _marked(text: str, words: set[str], parts: set[str]) -> str:
    marked, done = "", 0
    for run in runs_of(text):
        for start, end in _within(text[run.start : run.end], run.folded, run.is_unspaced, words, parts):
            marked += (
                f"{text[done : run.start + start]}<mark>{text[run.start + start : run.start + end]}</mark>"
            )
            done = run.start + end
    return marked + text[done:]


def _within(
    typed: str, folded: str, is_unspaced: bool, words: set[str], parts: set[str]
) -> list[tuple[int, int]]:
    """Where in a run something is marked: all of it, or the rows of characters that were looked for."""
    if not is_unspaced:
        return [(0, len(typed))] if folded in words else []
    found = regex.compile(r"\L<parts>", parts=sorted(parts, key=len, reverse=True)) if parts else None
    if found is None:
        return []
    if len(typed) == len(folded):
        return [match.span() for match in found.finditer(folded)]
    return [(0, len(typed))] if found.search(folded) else []
