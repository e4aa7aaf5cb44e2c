"""The form of an automatic rule, and of what becomes of a tweet that one held."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from moderation.actions import RuleDraft
from moderation.models import AutomaticRule, Conditions
from moderation.models.conditions import ANYBODY, AUTHOR

_HOURS, _DAYS = "hours", "days"
_DAY_HOURS = 24
_UNITS = [(_DAYS, "days"), (_HOURS, "hours")]
_UNITS_BEFORE = [(_DAYS, "days before"), (_HOURS, "hours before")]
# The fields of the form that answer for those of the action, where the names differ.
FIELDS = {"younger_than_hours": "age", "new_site_hours": "site_age"}


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        error_messages={"invalid": "Use a whole number.", "min_value": "Use a number above 0."},
        widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


def _choice(label: str, choices: Sequence[tuple[str, str]], initial: str) -> forms.ChoiceField:
    wrong = dict.fromkeys(("required", "invalid_choice"), "Choose one of these.")
    return forms.ChoiceField(label=label, choices=choices, initial=initial, error_messages=wrong)


class AutomaticRuleForm(forms.Form):
    """Turns what was sent into a RuleDraft. What is left empty is not asked for; the action knows limits."""

    name = forms.CharField(
        label="Name",
        help_text="Staff read it beside whatever the rule catches.",
        max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    age = _number("The account is younger than")
    age_unit = _choice("Hours or days", _UNITS, _DAYS)
    links = _number("Links, at least")
    site_age = _number("A link to a site first linked to here less than")
    site_age_unit = _choice("Hours or days", _UNITS_BEFORE, _DAYS)
    strangers = _number("People named who do not follow the author, at least")
    keywords = forms.CharField(
        label="Any of these words or phrases",
        help_text="One on each line. Whole words; capitals and accents make no difference.",
        max_length=30_000,
        required=False,
        widget=forms.Textarea({"spellcheck": "false", "rows": 4}),
    )
    repeats = _number("The same words, times")
    repeats_minutes = _number("Within minutes")
    repeats_by = _choice("By whom", [(AUTHOR, "the author"), (ANYBODY, "anybody")], AUTHOR)
    pace = _number("More tweets by the author than")
    pace_minutes = _number("Within minutes")
    outcome = forms.ChoiceField(
        label="What happens",
        choices=AutomaticRule.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens.", "invalid_choice": "Choose one of these."},
    )
    reason = forms.CharField(
        label="What a limited author is told",
        help_text="Mailed word by word, with the way to appeal. Only for rules that limit.",
        max_length=settings.REASON_MAX_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, changed: AutomaticRule | None = None) -> None:
        super().__init__(data, initial=_initial(changed) if changed else None)

    def to_draft(self) -> RuleDraft:
        said = self.cleaned_data
        conditions = Conditions(
            younger_than_hours=self._hours("age"),
            links=said["links"],
            new_site_hours=self._hours("site_age"),
            strangers=said["strangers"],
            keywords=tuple(said["keywords"].splitlines()),
            repeats=said["repeats"],
            repeats_minutes=said["repeats_minutes"],
            repeats_by=said["repeats_by"],
            pace=said["pace"],
            pace_minutes=said["pace_minutes"],
        )
        return RuleDraft(said["name"], conditions, said["outcome"], said["reason"])

    def _hours(self, field: str) -> int | None:
        number: int | None = self.cleaned_data[field]
        is_days = self.cleaned_data[f"{field}_unit"] == _DAYS
        return number * _DAY_HOURS if number is not None and is_days else number


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label="Why it is taken down",
        help_text="The author is mailed this, word by word.",
        max_length=settings.REASON_MAX_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say why. The author reads it."},
    )


def _initial(rule: AutomaticRule) -> dict[str, Any]:
    asked = rule.conditions
    return {
        "name": rule.name,
        "outcome": rule.outcome,
        "reason": rule.reason,
        **_with_unit("age", asked.younger_than_hours),
        "links": asked.links,
        **_with_unit("site_age", asked.new_site_hours),
        "strangers": asked.strangers,
        "keywords": "\n".join(asked.keywords),
        "repeats": asked.repeats,
        "repeats_minutes": asked.repeats_minutes,
        "repeats_by": asked.repeats_by,
        "pace": asked.pace,
        "pace_minutes": asked.pace_minutes,
    }


def _with_unit(field: str, hours: int | None) -> dict[str, Any]:
    """In days where that is a whole number."""
    if hours is None or hours % _DAY_HOURS:
        return {field: hours, f"{field}_unit": _DAYS if hours is None else _HOURS}
    return {field: hours // _DAY_HOURS, f"{field}_unit": _DAYS}
