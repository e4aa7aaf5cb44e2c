"""Private notes about people."""

from accounts.models import User
from common.errors import Invalid
from relationships.models import PersonNote

NOTE_MAX_LENGTH = 2000  # characters


def write_note(author: User, person: User, text: str) -> None:
    """Keep a note about a person; an empty one is none. Raises Invalid beyond NOTE_MAX_LENGTH."""
    text = text.strip()
    if len(text) > NOTE_MAX_LENGTH:
        raise Invalid(f"A note holds {NOTE_MAX_LENGTH} characters.", field="text")
    if text:
        PersonNote.objects.update_or_create(author=author, person=person, defaults={"text": text})
    else:
        PersonNote.objects.filter(author=author, person=person).delete()
