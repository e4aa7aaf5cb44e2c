"""The names of streams: what one may push to, and listen to."""

LOCAL = "local"  # what everybody here says first-hand
ANNOUNCED = "announced"  # staff tell everybody something
DELIVERED = "delivered"  # a tweet stands in all homes and lists it belongs to
CHANGES = "changes"  # a tweet that was told of before says something else, or is gone


def home_of(person_id: int) -> str:
    """What the person does where it shows at home at once."""
    return f"home:{person_id}"


def notifications_of(person_id: int) -> str:
    return f"notifications:{person_id}"


def messages_of(person_id: int) -> str:
    return f"messages:{person_id}"


def filters_of(person_id: int) -> str:
    """The person's word filters changed."""
    return f"filters:{person_id}"


def account_of(person_id: int) -> str:
    """What concerns the person's open connections: sessions that ended, apps that are not let in any more."""
    return f"account:{person_id}"


def tagged(name: str) -> str:
    """New tweets with the tag, whose name is folded."""
    return f"tag:{name}"


def conversation(first_id: int) -> str:
    """New replies in the conversation that began with this tweet."""
    return f"conversation:{first_id}"


def tweet(tweet_id: int) -> str:
    """What changes of one tweet: its counts, its words, whether it is there."""
    return f"tweet:{tweet_id}"
