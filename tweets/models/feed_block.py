"""How many public tweets lie in each stretch of time, so that page 50,000 is found like page 1."""

from django.db import models


class FeedBlock(models.Model):
    """A closed stretch of the public feed: `count` visible tweets with ids from `first_id` to `last_id`.

    An OFFSET walks over every row it skips. With these counts a numbered page deep in the feed
    starts at the right block and skips at most one block's rows (see tweets/queries/feed).
    """

    first_id = models.BigIntegerField(primary_key=True)
    last_id = models.BigIntegerField(unique=True)
    count = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.count} from {self.first_id}"
