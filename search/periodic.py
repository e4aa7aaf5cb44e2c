"""What search does by the clock."""

from events.bus import outside_transaction
from search.actions import catch_up as index_what_is_missing


@outside_transaction  # each batch is a transaction of its own
def catch_up() -> None:
    index_what_is_missing()
