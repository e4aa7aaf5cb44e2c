"""Threads that a person does not want to hear of any more."""

from django.db import models

from accounts.models import User


class ThreadMute(models.Model):
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="thread_mutes", db_index=False)
    conversation_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "conversation_id"], name="one_mute_of_a_thread")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} mutes thread {self.conversation_id}"
