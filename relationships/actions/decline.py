"""Not wanting somebody recommended. They are not told."""

from accounts.models import User
from relationships.models import DeclinedSuggestion


def decline_suggestion(person: User, suggested: User) -> None:
    """Recommend them to this person no more; twice is harmless."""
    DeclinedSuggestion.objects.get_or_create(person=person, suggested=suggested)
