"""How the server as a whole is doing, for staff."""

from django.db import models


class LastActive(models.Model):
    """The last day (of UTC) on which somebody looked at anything here, and the one before it. Written at most
    once for each day and person; on which days they came before those is not known.
    """

    person_id = models.BigIntegerField(primary_key=True)
    day = models.DateField()
    before = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["day"], name="last_active_by_day")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.day}"


class Retention(models.Model):
    """How many of those who joined in a week came in a later one. Weeks by their Mondays."""

    joined = models.DateField()
    week = models.DateField()
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["joined", "week"], name="one_retention_of_a_week")]

    def __str__(self) -> str:
        return f"joined {self.joined}, came {self.week}: {self.people}"


class ServerDay(models.Model):
    """Numbers of one day, counted anew by the clock until it is over, and then once more. None is a number
    that nobody counted at its time, and that cannot be told any more.
    """

    day = models.DateField(primary_key=True)
    people = models.PositiveIntegerField(default=0)  # with an account here
    joined = models.PositiveIntegerField(default=0)  # that day, who are still there
    active_1 = models.PositiveIntegerField(null=True)  # who came that day
    active_7 = models.PositiveIntegerField(null=True)  # within seven days
    active_30 = models.PositiveIntegerField(null=True)
    tweets = models.PositiveIntegerField(default=0)  # said that day, retweets and messages left out
    tweets_in_all = models.PositiveBigIntegerField(null=True)
    database_bytes = models.PositiveBigIntegerField(null=True)
    picture_bytes = models.PositiveBigIntegerField(null=True)  # of tweets, in all sizes
    is_over = models.BooleanField(default=False)  # counted after its end

    def __str__(self) -> str:
        return str(self.day)
