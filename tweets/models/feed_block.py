"""How many public tweets lie in each stretch of time, so that page 50,000 is found like page 1."""

from typing import Self

from django.db import models


class FeedBlockQuerySet(models.QuerySet["FeedBlock"]):
    def on_top(self) -> Self:
        """Those that belong to no larger one: together they cover everything that is covered, once."""
        return self.filter(large__isnull=True)

    def small(self) -> Self:
        return self.filter(is_large=False)


class FeedBlock(models.Model):
    """A closed stretch of the public feed: `count` visible tweets with ids from `first_id` to `last_id`.

    An OFFSET walks over every row it skips. With these counts a numbered page deep in the feed
    starts at the right block and skips at most one small block's rows (see tweets/queries/feed).
    Many small blocks make a large one, so that few rows have to be added up even in a very long feed.
    """

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(db_index=True)
    count = models.IntegerField()
    is_large = models.BooleanField(default=False)
    large = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")

    objects = FeedBlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_large", "first_id"], name="one_block_begins_at_an_id"),
        ]

    def __str__(self) -> str:
        return f"{self.count} from {self.first_id}"
