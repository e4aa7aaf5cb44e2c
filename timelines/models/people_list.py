"""People one likes to read apart from the others. A list and who is on it are its owner's secret."""

from django.db import models

from accounts.models import User
from relationships.models import Follow


class PeopleList(models.Model):
    """Its timeline is gathered when it is read, so there is nothing to keep up to date."""

    class Replies(models.TextChoices):
        """Which replies of its people it shows, beside those to its owner and to themselves."""

        NOBODY = "nobody"
        MEMBERS = "members"  # to others on the list
        FOLLOWED = "followed"  # to anybody the owner follows

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="people_lists", db_index=False)
    title = models.CharField(max_length=200)  # LIST_TITLE_MAX_LENGTH says how much of it
    replies = models.CharField(max_length=10, choices=Replies, default=Replies.MEMBERS)
    is_exclusive = models.BooleanField(default=False)  # home leaves its people out

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="list_by_owner")]

    def __str__(self) -> str:
        return f"{self.title} of {self.owner_id}"

    @property
    def path(self) -> str:
        return f"/lists/{self.pk}/"


class ListMember(models.Model):
    """Somebody whom the list's owner follows. It hangs on the follow: when that ends, however it ends,
    nobody can be left on a list by mistake.
    """

    people_list = models.ForeignKey(
        PeopleList, on_delete=models.CASCADE, related_name="members", db_index=False
    )
    follow = models.ForeignKey(Follow, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["people_list", "follow"], name="once_on_each_list"),
        ]
        indexes = [models.Index(fields=["people_list", "-id"], name="member_by_list")]

    def __str__(self) -> str:
        return f"{self.follow_id} on {self.people_list_id}"

    @property
    def person(self) -> User:
        return self.follow.followed
