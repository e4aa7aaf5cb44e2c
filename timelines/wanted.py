"""What a follower gets of somebody they follow: one rule, for delivering, merging, filling and reading.

Conditions in SQL over `f`, the row of relationships_follow, and `t`, a tweet of its `followed`; BY_TAG over
a row of timelines_tagfollow. Whether a
tweet may be seen at all is not asked here: that can change, so it is asked whenever a page is read.
"""

from typing import Any

from django.db import connection
from django.utils import timezone

_MUTES = """EXISTS (SELECT 1 FROM relationships_mute m WHERE m.muter_id = f.follower_id
    AND m.muted_id = {person} AND (m.until IS NULL OR m.until > %(now)s))"""

# A quote shows the words of another, so that one must be welcome, too.
_QUOTES_MUTED = f"""(t.quote_of_id IS NOT NULL AND EXISTS (SELECT 1 FROM tweets_tweet q
    WHERE q.id = t.quote_of_id AND {_MUTES.format(person="q.author_id")}))"""  # noqa: S608

# Of a retweet both must be welcome, who spreads and who is spread; nobody needs their own words again.
WANTED = f"""t.visibility <> 'direct' AND NOT {_MUTES.format(person="t.author_id")} AND NOT {_QUOTES_MUTED}
  AND (f.languages = '' OR t.language = '' OR f.languages LIKE '%%,' || t.language || ',%%')
  AND (t.retweet_of_id IS NULL OR (f.shows_retweets AND EXISTS (
    SELECT 1 FROM tweets_tweet s WHERE s.id = t.retweet_of_id AND s.author_id <> f.follower_id
      AND NOT {_MUTES.format(person="s.author_id")}
      AND NOT EXISTS (SELECT 1 FROM relationships_block b WHERE
        (b.blocker_id = f.follower_id AND b.blocked_id = s.author_id)
        OR (b.blocker_id = s.author_id AND b.blocked_id = f.follower_id)))))"""  # noqa: S608

# A reply is for whom it answers, and goes on with what its author said; of the others, those to `whom`.
REPLIES = """(NOT t.is_reply OR t.reply_to_author_id IN (f.follower_id, t.author_id) OR {whom})"""
TO_FOLLOWED = """EXISTS (SELECT 1 FROM relationships_follow g
    WHERE g.follower_id = f.follower_id AND g.followed_id = t.reply_to_author_id)"""

ON_EXCLUSIVE_LIST = """EXISTS (SELECT 1 FROM timelines_listmember hm
    JOIN timelines_peoplelist hl ON hl.id = hm.people_list_id
    WHERE hm.follow_id = f.id AND hl.is_exclusive)"""

AT_HOME = f"NOT {ON_EXCLUSIVE_LIST} AND {WANTED} AND {REPLIES.format(whom=TO_FOLLOWED)}"


# Of a tag what its author says to everybody. Whom one follows comes as one follows them, or not at all.
BY_TAG = f"""t.visibility = 'public' AND NOT t.is_reply AND t.retweet_of_id IS NULL
  AND t.author_id <> f.follower_id AND NOT {_MUTES.format(person="t.author_id")} AND NOT {_QUOTES_MUTED}
  AND NOT EXISTS (SELECT 1 FROM relationships_follow g
    WHERE g.follower_id = f.follower_id AND g.followed_id = t.author_id)
  AND NOT EXISTS (SELECT 1 FROM relationships_block b WHERE
    (b.blocker_id = f.follower_id AND b.blocked_id = t.author_id)
    OR (b.blocker_id = t.author_id AND b.blocked_id = f.follower_id))
  AND NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = t.author_id AND u.is_limited)"""  # noqa: S608


def now() -> Any:
    """The value of %(now)s."""
    return connection.ops.adapt_datetimefield_value(timezone.now())
