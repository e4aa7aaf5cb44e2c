"""What a person's name may begin with when somebody types it."""

from django.db import models

from accounts.models.user import User

NAME_WORD_LENGTH = 30  # characters; what is typed beyond them changes nothing


class NameWord(models.Model):
    """The user name, or one word of the shown name, folded: without case and accents."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="name_words", db_index=False)
    word = models.CharField(max_length=NAME_WORD_LENGTH, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "word"], name="one_word_once_in_a_name")]

    def __str__(self) -> str:
        return f"{self.word} for {self.person_id}"
