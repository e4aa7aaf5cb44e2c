"""Noting the words by which people are found while their name is typed."""

from accounts.models import NameWord, User
from accounts.names import words_of


def note_names(person: User) -> None:
    """Let the person be found by the names they have now; to be called where these change."""
    words = words_of(person.username, person.display_name)
    known = NameWord.objects.filter(person=person)
    known.exclude(word__in=words).delete()
    NameWord.objects.bulk_create(
        [NameWord(person=person, word=word) for word in sorted(words)], ignore_conflicts=True
    )
