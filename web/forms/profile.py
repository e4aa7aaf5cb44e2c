"""The form of one's own profile."""

from typing import Any

from django import forms
from django.conf import settings

from accounts.models import User

_TEXTS = ("display_name", "bio", "location", "website")
_PRESENTED = ("avatar_description", "header_description", "is_automated")
_PICTURES = ("avatar", "header", "remove_avatar", "remove_header")


def _description() -> forms.CharField:
    return forms.CharField(
        label="What it shows",
        help_text="For people who do not see it. A new picture needs new words.",
        max_length=settings.PROFILE_PICTURE_MAX_DESCRIPTION,
        required=False,
    )


class ProfileForm(forms.Form):
    """Turns the request into the values of accounts.actions.update_profile, which has the last word."""

    display_name = forms.CharField(
        label="Name",
        max_length=settings.DISPLAY_NAME_MAX_LENGTH,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    bio = forms.CharField(
        label="Bio",
        help_text=f"Up to {settings.BIO_MAX_LENGTH} characters. Web addresses become links.",
        required=False,
        # The action counts: a browser sends two characters for each line break.
        widget=forms.Textarea({"rows": 3, "maxlength": settings.BIO_MAX_LENGTH}),
    )
    location = forms.CharField(label="Location", max_length=settings.LOCATION_MAX_LENGTH, required=False)
    website = forms.CharField(
        label="Website",
        max_length=settings.WEBSITE_MAX_LENGTH,
        required=False,
        widget=forms.TextInput({"autocomplete": "url", "inputmode": "url", "placeholder": "https://"}),
    )
    avatar = forms.FileField(label="Profile picture", required=False)
    header = forms.FileField(label="Header picture", required=False)
    avatar_description = _description()
    header_description = _description()
    is_automated = forms.BooleanField(
        label="A program writes here",
        help_text="Your profile says so, and apps can tell.",
        required=False,
    )
    attribution_domains = forms.CharField(
        label="Sites that may name you as their author",
        help_text="One on each line, as example.org.",
        required=False,
        widget=forms.Textarea({"rows": 3, "inputmode": "url", "spellcheck": "false"}),
    )
    remove_avatar = forms.BooleanField(label="Remove the profile picture", required=False)
    remove_header = forms.BooleanField(label="Remove the header picture", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(settings.PROFILE_FIELDS_MAX):
            self.fields[f"field_{row}_name"] = _part("Label", row)
            self.fields[f"field_{row}_value"] = _part("Text or link", row)
        for name in ("avatar", "header"):
            self.fields[name].widget.attrs["accept"] = "image/jpeg,image/png,image/gif,image/webp"

    @classmethod
    def of(cls, user: User) -> "ProfileForm":
        """The form as it stands now."""
        initial = {name: getattr(user, name) for name in (*_TEXTS, *_PRESENTED)}
        initial["attribution_domains"] = "\n".join(user.attribution_domains)
        for field in user.fields.all():
            initial |= {
                f"field_{field.position}_name": field.name,
                f"field_{field.position}_value": field.value,
            }
        return cls(initial=initial)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Label and text of each field, for the template."""
        rows = range(settings.PROFILE_FIELDS_MAX)
        return [(self[f"field_{row}_name"], self[f"field_{row}_value"]) for row in rows]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        rows = range(settings.PROFILE_FIELDS_MAX)
        fields = [(said[f"field_{row}_name"], said[f"field_{row}_value"]) for row in rows]
        kept = {name: said[name] for name in (*_TEXTS, *_PRESENTED, *_PICTURES)}
        return kept | {"fields": fields, "attribution_domains": said["attribution_domains"].splitlines()}


def _part(label: str, row: int) -> forms.CharField:
    # The words stand above the first row only; who cannot see the rows hears their numbers.
    widget = forms.TextInput({"aria-label": f"{label} of field {row + 1}"})
    return forms.CharField(
        label=label, max_length=settings.PROFILE_FIELD_MAX_LENGTH, required=False, widget=widget
    )


class WelcomeForm(forms.Form):
    """The two things that matter most to somebody new; accounts.actions.update_profile has the last word."""

    avatar = forms.FileField(
        label="Profile picture",
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/gif,image/webp"}),
    )
    bio = forms.CharField(
        label="Bio",
        help_text=f"Up to {settings.BIO_MAX_LENGTH} characters.",
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": settings.BIO_MAX_LENGTH}),
    )
