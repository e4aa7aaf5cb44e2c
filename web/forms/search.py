"""The form for those who would rather not learn the signs of the search box."""

from django import forms
from django.conf import settings


class SearchForm(forms.Form):
    """Fields that become one line of the query language (see search/query_language)."""

    words = forms.CharField(label="All of these words", required=False)
    phrase = forms.CharField(label="These words in this order", required=False)
    without = forms.CharField(label="None of these words", required=False)
    author = forms.CharField(label="Written by", required=False)
    answered = forms.CharField(label="In reply to", required=False)
    tag = forms.CharField(label="With the tag", required=False)
    after = forms.DateField(label="After the day", required=False, widget=forms.DateInput({"type": "date"}))
    before = forms.DateField(label="Before the day", required=False, widget=forms.DateInput({"type": "date"}))
    pictures = forms.BooleanField(label="With pictures", required=False)
    links = forms.BooleanField(label="With a link", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("words", "phrase", "without", "author", "answered", "tag"):
            self.fields[name].widget.attrs["maxlength"] = settings.SEARCH_MAX_LENGTH
        for name in ("author", "answered"):
            self.fields[name].widget.attrs["data-suggest"] = "people"

    def question(self) -> str:
        """What was filled in, as one types it."""
        given = self.cleaned_data
        parts = [
            given["words"].replace('"', " "),
            f'"{phrase}"' if (phrase := given["phrase"].replace('"', " ").strip()) else "",
            *(f"-{word}" for word in given["without"].replace('"', " ").split()),
            *(f"from:{name}" for name in _first(given["author"], "@")),
            *(f"to:{name}" for name in _first(given["answered"], "@")),
            *(f"#{name}" for name in _first(given["tag"], "#")),
            f"after:{given['after']}" if given["after"] else "",
            f"before:{given['before']}" if given["before"] else "",
            "has:media" if given["pictures"] else "",
            "has:link" if given["links"] else "",
        ]
        return " ".join(" ".join(filter(None, parts)).split())


def _first(text: str, sign: str) -> list[str]:
    """The first word without its sign; one name is all that a field means."""
    return [name for name in (word.lstrip(sign) for word in text.split()[:1]) if name]
