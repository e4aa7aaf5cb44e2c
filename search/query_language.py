"""What people type into the search box, as a list of conditions.

    django "exact words" -not from:alice to:bob @carol #tag has:poll is:reply lang:en before:2026-11-22

Everything may be negated with a minus. What is in quotes is text, operators too. What cannot be understood
becomes a sentence for the person, and the rest is searched.
"""

from dataclasses import dataclass, field, replace
from datetime import date

import regex
from django.conf import settings

from common.languages import known_language, language_names
from search.words import fold, words_to_find
from tweets.text import find_entities, tag_key

HAS = ("media", "link", "poll")
IS = ("reply", "quote")
NAMES = ("from", "to", "at")  # kinds of conditions whose value is a name
SIGNS = ("from", "to", "before", "after", "has", "is", "lang")  # what a colon makes a condition of

_OTHER_WORDS = {
    "links": "link",
    "polls": "poll",
    "replies": "reply",
    "quotes": "quote",
    **dict.fromkeys(("image", "images", "picture", "pictures", "photo", "photos"), "media"),
}

_EXAMPLES = {
    "from": "from:alice",
    "to": "to:alice",
    "has": "has:media",
    "is": "is:reply",
    "lang": "lang:en",
    "before": "before:2026-11-22",
    "after": "after:2026-11-22",
}
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)  # ids know no others
_PART = regex.compile(
    r"""(?P<minus>-)?(?:"(?P<phrase>[^"]*)(?:"|$)"""
    r"""|(?P<operator>\p{L}+):(?P<value>[^\s"]*)|(?P<word>[^\s"]+))"""
)
_PLAIN = regex.compile(r"[\p{L}\p{N}][^\s\":]*")  # a word that means the same without quotes


@dataclass(frozen=True, slots=True)
class Condition:
    """`words`: these words one after the other. `from`, `to`, `at`: a name. Other kinds have a value."""

    kind: str
    value: str = ""
    words: tuple[str, ...] = ()
    is_negated: bool = False

    def __str__(self) -> str:
        """As it may be typed, to be understood as the same."""
        minus = "-" if self.is_negated else ""
        if self.kind == "words":
            return minus + (self.value if _PLAIN.fullmatch(self.value) else f'"{self.value}"')
        return minus + {"at": "@", "tag": "#"}.get(self.kind, f"{self.kind}:") + self.value


@dataclass(slots=True)
class Question:
    """What is asked. Both days stand outside the time that is searched. `problems` are told to the person."""

    text: str
    conditions: list[Condition] = field(default_factory=list)
    before: date | None = None
    after: date | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.conditions and self.before is None and self.after is None

    def with_media(self) -> "Question":
        """The same, with pictures only."""
        return replace(self, conditions=[*self.conditions, Condition("has", "media")])

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The words that are looked for, row by row."""
        return [it.words for it in self.conditions if it.kind == "words" and not it.is_negated]


def read_question(text: str) -> Question:
    """Understand what was typed; never fails. Reads SEARCH_MAX_LENGTH characters, SEARCH_MAX_TERMS parts."""
    cleaned = " ".join(text.replace("\0", " ")[: settings.SEARCH_MAX_LENGTH].split())
    question = Question(cleaned)
    for part in _PART.finditer(cleaned):
        if len(question.conditions) == settings.SEARCH_MAX_TERMS:
            question.problems.append(
                f"Only the first {settings.SEARCH_MAX_TERMS} words and conditions were looked for."
            )
            break
        _read_part(question, part)
    return question


def _read_part(question: Question, part: "regex.Match[str]") -> None:
    is_negated = bool(part["minus"])
    if part["phrase"] is not None:
        _add_words(question, part["phrase"], is_negated)
    elif part["operator"]:
        _add_operator(question, part["operator"].lower(), part["value"], is_negated, part[0])
    else:
        _add_word(question, part["word"], is_negated)


def _add_words(question: Question, text: str, is_negated: bool) -> None:
    words = tuple(words_to_find(text))
    if words:
        question.conditions.append(Condition("words", text, words, is_negated))


def _add_word(question: Question, word: str, is_negated: bool) -> None:
    sign, rest = word[0], word[1:]
    if sign in "#＃" and (tag := _tag(rest)):
        question.conditions.append(Condition("tag", tag, (), is_negated))
    elif sign in "@＠" and rest:
        question.conditions.append(Condition("at", rest.lower(), (), is_negated))
    else:
        _add_words(question, word, is_negated)


def _add_operator(question: Question, name: str, value: str, is_negated: bool, typed: str) -> None:
    if name not in SIGNS:  # 10:30 and the like are text
        _add_words(question, typed.removeprefix("-"), is_negated)
    elif not value.strip("@"):
        question.problems.append(f"“{name}:” wants something right behind it, like {_EXAMPLES[name]}.")
    elif name in ("from", "to"):
        question.conditions.append(Condition(name, value.lstrip("@").lower(), (), is_negated))
    elif name in ("before", "after"):
        _add_day(question, name, value, is_negated)
    elif name == "lang":
        _add_language(question, value, is_negated)
    else:
        _add_choice(question, name, value.lower(), is_negated)


def _add_choice(question: Question, name: str, value: str, is_negated: bool) -> None:
    choices = HAS if name == "has" else IS
    value = _OTHER_WORDS.get(value, value)
    if value in choices:
        question.conditions.append(Condition(name, value, (), is_negated))
    else:
        *most, last = (f"{name}:{choice}" for choice in choices)
        question.problems.append(
            f"“{name}:{value}” says nothing to us; there are {', '.join(most)} and {last}."
        )


def _add_language(question: Question, value: str, is_negated: bool) -> None:
    """By its code, or by the name its speakers call it by."""
    named = (code for code, name in language_names().items() if fold(name) == fold(value))
    code = known_language(value) or next(named, None)
    if code:
        question.conditions.append(Condition("lang", code, (), is_negated))
    else:
        question.problems.append(f"“lang:{value}” is no language we know; write its code, like lang:en.")


def _add_day(question: Question, name: str, value: str, is_negated: bool) -> None:
    try:
        day = min(max(date.fromisoformat(value), _FIRST_DAY), _LAST_DAY)
    except ValueError:
        question.problems.append(f"“{name}:{value}” needs a day like {name}:2026-11-22.")
        return
    if is_negated:
        question.problems.append(f"“-{name}:” is not understood; turn before and after around instead.")
    elif name == "before":
        question.before = min(filter(None, (question.before, day)))
    else:
        question.after = max(filter(None, (question.after, day)))


def _tag(text: str) -> str:
    found = [entity.value for entity in find_entities(f"#{text}") if entity.kind == "hashtag"]
    return tag_key(text) if found == [text] else ""
