"""The forms of reports, measures, appeals and what staff write."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from accounts.roles import Role
from moderation.models import Measure, Report
from server.models import Rule


def _text(
    label: str, most: int, help_text: str = "", *, required: bool = False, rows: int = 4
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        widget=forms.Textarea({"rows": rows}),
    )


class ReportForm(forms.Form):
    """What is wrong, which rule it breaks, and which tweets show it. The action decides whether it may be."""

    category = forms.ChoiceField(
        label="What is wrong?",
        choices=Report.Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong.", "invalid_choice": "Choose one of these."},
    )
    rules = forms.TypedMultipleChoiceField(
        label="Which rule?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "This rule does not hold any more."},
    )
    comment = _text(
        "Anything else we should know?",
        settings.REPORT_COMMENT_MAX_LENGTH,
        "Only those who run this server read it.",
        rows=3,
    )

    def __init__(self, data: Any = None, *, rules: Sequence[Rule] = ()) -> None:
        super().__init__(data)
        self.fields["rules"].choices = [(rule.pk, rule.text) for rule in rules]  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """A measure and its reason."""

    kind = forms.ChoiceField(
        label="Measure",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a measure.", "invalid_choice": "Choose one of these."},
    )
    reason = _text(
        "Reason", settings.REASON_MAX_LENGTH, "The person is mailed this, word by word.", required=True
    )

    def __init__(self, data: Any = None, *, kinds: Sequence[Measure.Kind] = ()) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [(kind.value, EXPLAINED[kind]) for kind in kinds]  # type: ignore[attr-defined]


EXPLAINED = {
    Measure.Kind.WARN: "Warn: nothing changes, the person is told",
    Measure.Kind.MARK: "Cover all their pictures",
    Measure.Kind.TAKE_DOWN: "Take down the tweets that are ticked",
    Measure.Kind.LIMIT: "Limit: only followers come across them",
    Measure.Kind.FREEZE: "Freeze: they read, but do not write",
    Measure.Kind.SUSPEND: f"Suspend: out of sight at once, erased after {settings.SUSPENDED_DAYS} days",
}


class NoteForm(forms.Form):
    text = _text("Note for the others", settings.REASON_MAX_LENGTH, required=True, rows=2)


class AppealForm(forms.Form):
    text = _text(
        "What is wrong with it?",
        settings.APPEAL_MAX_LENGTH,
        "You can appeal once. Somebody else than who decided it looks at it.",
        required=True,
    )


class AnswerForm(forms.Form):
    answer = _text("Answer", settings.REASON_MAX_LENGTH, "The person is mailed this.", rows=3)


class RuleForm(forms.Form):
    text = forms.CharField(
        label="Rule", max_length=settings.RULE_MAX_LENGTH, widget=forms.TextInput({"autocomplete": "off"})
    )
    hint = _text("What is meant by it", settings.RULE_HINT_MAX_LENGTH, rows=2)
    position = forms.IntegerField(
        label="Place", help_text="Lower numbers stand first.", min_value=0, max_value=999, initial=0
    )


class RoleForm(forms.Form):
    """A role for somebody, by name."""

    name = forms.CharField(
        label="Username",
        max_length=settings.USERNAME_MAX_LENGTH + 1,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, role.label) for role in Role],
        error_messages={"invalid_choice": "Choose one of these."},
    )
    role.required = False  # the empty one is “Member”
