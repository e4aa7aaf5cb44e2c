"""Shapes that several models share, and the table behind the shared cache."""

from django.db import models

from common.ids import new_id


class TimeOrdered(models.Model):
    """A row whose id says when it was made (see common/ids)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class CacheRow(models.Model):
    """One entry of the cache that several processes share when there is no Redis (common/cache)."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()  # JSON
    expires_at = models.FloatField(db_index=True)  # seconds since 1970

    def __str__(self) -> str:
        return self.key


class Fact(models.Model):
    """What whoever set up the server said in the browser, see common/naming and joining/founding."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.TextField()

    def __str__(self) -> str:
        return self.key
