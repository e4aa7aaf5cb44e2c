"""How many people read something on a day, without who they were.

Days are those of UTC. Ids stand here without foreign keys: what was read may be deleted before it is written
down, and one missing row must not stop the others. Reactions and the departure of an author remove them.
"""

from django.db import models


class Kind(models.IntegerChoices):
    """What `thing` is, and what its readers did."""

    TWEET = 1  # a tweet: it was shown to them
    AUTHOR = 2  # a person: any tweet of theirs was shown to them
    PROFILE = 3  # a person: they opened the profile
    LINK = 4  # a tweet: they followed a link in it
    LINKS = 5  # a person: they followed a link in any tweet of theirs


class CountedDay(models.Model):
    """A day whose readers are being counted. The salt is drawn by chance, shared by all processes, and goes
    with the row when the day is over: then nobody can tell any more whom a sketch was made of.
    """

    day = models.DateField(primary_key=True)
    salt = models.BinaryField()

    def __str__(self) -> str:
        return str(self.day)


class Sketch(models.Model):
    """Of how many readers one thing has had today, see analytics/sketch. Gone when the day is over."""

    day = models.DateField()
    kind = models.PositiveSmallIntegerField(choices=Kind)
    thing = models.BigIntegerField()
    author_id = models.BigIntegerField()
    marks = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "thing", "kind"], name="one_sketch_of_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {Kind(self.kind).label} {self.thing}"


class Reach(models.Model):
    """What is left of a day: an estimated number, kept only where it is no small one."""

    day = models.DateField()
    kind = models.PositiveSmallIntegerField(choices=Kind)
    thing = models.BigIntegerField()
    author_id = models.BigIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "kind", "day"], name="one_reach_of_a_day")]
        indexes = [
            models.Index(fields=["author_id", "kind", "day"], name="reach_of_author"),
            models.Index(fields=["day"], name="reach_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {Kind(self.kind).label} {self.thing}: {self.people}"
