"""The forms of what one prefers, reading and writing; the actions have the last word."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.time_zones import zone_names
from common.languages import language_names
from web.forms.audience import QUOTERS, REPLIERS, VISIBILITIES

_ONE = {"required": "Choose one of those in the list.", "invalid_choice": "Choose one of those in the list."}
_READ = "Choose the languages from the list."


def _select(label: str, choices: list[tuple[str, str]], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, help_text=help_text, error_messages=_ONE)


class ReadingForm(forms.Form):
    """The values of accounts.actions.update_reading."""

    opens_warnings = forms.BooleanField(
        label="Always open what stands behind a warning",
        help_text="You still see the warning, above the words.",
        required=False,
    )
    pictures_shown = _select(
        "Pictures",
        [
            (User.PicturesShown.HARMLESS, "Cover those marked as sensitive"),
            (User.PicturesShown.ALL, "Show all"),
            (User.PicturesShown.NONE, "Cover all"),
        ],
        "A covered picture is not loaded before you ask for it.",
    )
    languages = forms.MultipleChoiceField(
        label="Languages",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _READ, "invalid_list": _READ},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Those that are chosen stand first."""
        super().__init__(*args, **kwargs)
        names = language_names()
        codes = dict.fromkeys([*self.initial.get("languages", ()), *names])
        self.fields["languages"].choices = [  # type: ignore[attr-defined]  # it is one with choices
            (code, names[code]) for code in codes if code in names
        ]

    @classmethod
    def now(cls, user: User) -> dict[str, object]:
        return {
            "opens_warnings": user.opens_warnings,
            "pictures_shown": user.pictures_shown,
            "languages": user.languages_read,
        }


class PostingForm(forms.Form):
    """The values of accounts.actions.update_posting, and of set_time_zone."""

    audience = _select(
        "Who can read it", [(str(value), VISIBILITIES[value]) for value in VISIBILITIES if value != "direct"]
    )
    repliers = _select("Who can reply", [(str(value), label) for value, label in REPLIERS.items()])
    quoters = _select("Who can quote it", [(str(value), label) for value, label in QUOTERS.items()])
    language = forms.ChoiceField(
        label="Language",
        help_text="Readers find tweets by it, and screen readers pronounce them right.",
        required=False,
        error_messages=_ONE,
    )
    is_sensitive = forms.BooleanField(
        label="Mark my pictures as sensitive",
        help_text="They stand covered until somebody asks to see them.",
        required=False,
    )

    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="By its clock you schedule tweets. Nobody else sees it.",
        required=False,
        choices=lambda: [("", "Not chosen yet"), *((name, name.replace("_", " ")) for name in zone_names())],
        error_messages={"invalid_choice": "There is no such time zone. Choose one of the list."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]  # it is one with choices
            ("", "Not said"),
            *language_names().items(),
        ]

    @classmethod
    def now(cls, user: User) -> dict[str, object]:
        return {
            "audience": user.posts_to,
            "repliers": user.posts_repliers,
            "quoters": user.posts_quoters,
            "language": user.posts_language,
            "is_sensitive": user.posts_sensitive,
            "time_zone": user.time_zone,
        }
