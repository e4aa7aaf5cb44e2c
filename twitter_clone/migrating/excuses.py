"""Migrations that may lock or break a site in use, each with its reason."""

_FROM_0_1 = "belongs to the upgrade from 0.1, for which the site is stopped: the promise begins behind it"

EXCUSED = {
    "accounts.0005_name_words": _FROM_0_1,
    "accounts.0008_leaving": _FROM_0_1,
    "audit.0002_never_changed": "adds a trigger to a table that is made right before it, and empty",
    "notifications.0002_strangers": _FROM_0_1,
    "relationships.0008_cover_pictures": "lets one more value through; each person has a few rows",
    "search.0002_full_text": _FROM_0_1,
    "search.0003_forgiving_spelling": _FROM_0_1,
    "tweets.0002_feed_blocks_in_blocks": _FROM_0_1,
    "tweets.0003_social_network": _FROM_0_1,
    "tweets.0008_index_by_language": _FROM_0_1,
    "tweets.0011_link_card": _FROM_0_1,
}
