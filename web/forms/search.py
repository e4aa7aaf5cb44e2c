"""The form for those who would rather not learn the signs of the search box."""

from collections.abc import Iterable

from django import forms
from django.conf import settings

from common.languages import language_names
from search.query_language import Condition, Question

_HAS = {"media": "pictures", "link": "links", "poll": "polls"}
_REPLIES = (("", "Any"), ("only", "Only replies"), ("without", "No replies"))
_NAMES = {"from": "author", "to": "answered", "tag": "tag"}


class SearchForm(forms.Form):
    """Fields that become one line of the query language (see search/query_language), and back.

    What no field is made for stands among the words, as it is typed.
    """

    words = forms.CharField(label="All of these words", required=False)
    phrase = forms.CharField(label="These words in this order", required=False)
    without = forms.CharField(label="None of these words", required=False)
    author = forms.CharField(label="Written by", required=False)
    answered = forms.CharField(label="In reply to", required=False)
    tag = forms.CharField(label="With the tag", required=False)
    lang = forms.ChoiceField(label="In the language", required=False)
    replies = forms.ChoiceField(label="Replies", required=False, choices=_REPLIES)
    after = forms.DateField(label="After the day", required=False, widget=forms.DateInput({"type": "date"}))
    before = forms.DateField(label="Before the day", required=False, widget=forms.DateInput({"type": "date"}))
    pictures = forms.BooleanField(label="With pictures", required=False)
    links = forms.BooleanField(label="With a link", required=False)
    polls = forms.BooleanField(label="With a poll", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("words", "phrase", "without", "author", "answered", "tag"):
            self.fields[name].widget.attrs["maxlength"] = settings.SEARCH_MAX_LENGTH
        for name in ("author", "answered"):
            self.fields[name].widget.attrs["data-suggest"] = "people"
        self.fields["lang"].choices = [("", "Any"), *language_names().items()]  # type: ignore[attr-defined]

    @classmethod
    def holding(cls, question: Question) -> "SearchForm":
        """The form filled in with what was typed."""
        held: dict[str, object] = {"after": question.after, "before": question.before}
        words, without = list[str](), list[str]()
        for condition in question.conditions:
            name, value = _field_of(condition)
            if name == "without":
                without.append(value)
            elif name and name not in held:
                held[name] = value
            else:
                words.append(str(condition))
        return cls(initial={**held, "words": " ".join(words), "without": " ".join(without)})

    def question(self) -> str:
        """What was filled in, as one types it."""
        given = self.cleaned_data
        parts = [
            given["words"],
            *(['"'] if given["words"].count('"') % 2 else []),
            f'"{phrase}"' if (phrase := given["phrase"].replace('"', " ").strip()) else "",
            *(f"-{word}" for word in given["without"].replace('"', " ").split()),
            *(f"from:{name}" for name in _first(given["author"], "@")),
            *(f"to:{name}" for name in _first(given["answered"], "@")),
            *(f"#{name}" for name in _first(given["tag"], "#")),
            *(f"has:{kind}" for kind, name in _HAS.items() if given[name]),
            {"only": "is:reply", "without": "-is:reply"}.get(given["replies"], ""),
            f"lang:{given['lang']}" if given["lang"] else "",
            f"after:{given['after']}" if given["after"] else "",
            f"before:{given['before']}" if given["before"] else "",
        ]
        return " ".join(" ".join(filter(None, parts)).split())


def _field_of(condition: Condition) -> tuple[str, str]:
    """The field that is made for it, and what stands there; no name where there is none."""
    kind, value = condition.kind, condition.value
    if (kind, value) == ("is", "reply"):
        return "replies", "without" if condition.is_negated else "only"
    if kind == "words":
        is_plain = not str(condition).endswith('"')
        if condition.is_negated:
            return ("without", value) if is_plain else ("", "")
        return ("", "") if is_plain else ("phrase", value)
    if condition.is_negated:
        return "", ""
    if kind == "has":
        return _HAS[value], "on"
    return ("lang", value) if kind == "lang" else (_NAMES.get(kind, ""), value)


def _first(text: str, sign: str) -> Iterable[str]:
    """The first word without its sign; one name is all that a field means."""
    return [name for name in (word.lstrip(sign) for word in text.split()[:1]) if name]
