"""Every address of the site, and what it may show of somebody's tweets: the table behind test_visibility.

A new address fails the tests until it stands here: in ONE_TWEET, LISTS or GESTURES if it can show a tweet
or takes the id of one, else in SHOWS_NO_TWEETS with the reason.
"""

from dataclasses import dataclass

ALL = frozenset({"public", "quiet", "followers", "direct"})
OPEN = frozenset({"public", "quiet"})
PUBLIC = frozenset({"public"})
DIRECT = frozenset({"direct"})
LISTED = ALL - DIRECT  # direct tweets stand in Messages, and in no other list

# Who reads, and which of alice's tweets they may see. All did what they could before access was lost.
SEES = {
    "visitor": OPEN,
    "stranger": OPEN,
    "follower": OPEN | {"followers"},
    "exfollower": OPEN,
    "asking": OPEN,  # to follow alice, who chooses her followers
    "mentioned": ALL,
    "unmentioned": OPEN | {"direct"},  # an edit took the name out; of a direct tweet one stays a reader
    "blocked": frozenset(),  # by alice
    "blocker": frozenset(),  # of alice
    "muter": OPEN | {"followers"},  # follows alice, but does not want to come across her
    "suspended": OPEN,  # reads as a visitor
    "author": ALL,
}
VISITORS = {"visitor", "suspended"}


_ADDRESSED = frozenset({"mentioned", "unmentioned"})


@dataclass(frozen=True)
class Page:
    """One tweet by its id. Who sees it gets `status`, all others what an absent id gets."""

    name: str
    address: str
    audiences: frozenset[str] = ALL  # narrower than what the reader sees: else `otherwise`
    status: int = 200
    otherwise: int = 403
    has_words: bool = True  # the words of the tweet are on it
    for_author: bool = False  # others who see the tweet get `otherwise`
    needs_login: bool = False
    as_visitor: bool = False  # looks the same for everybody


ONE_TWEET = [
    Page("tweet", "/@alice/{id}"),
    Page("tweet_history", "/@alice/{id}/history"),
    Page("tweet_picture", "/@alice/{id}/picture/1", has_words=False),
    Page("tweet_likes", "/@alice/{id}/likes", has_words=False),
    Page("tweet_retweets", "/@alice/{id}/retweets", has_words=False),
    Page("tweet_quotes", "/@alice/{id}/quotes"),
    Page("embed_code", "/@alice/{id}/embed-code", audiences=OPEN, otherwise=404, has_words=False),
    Page("embed", "/@alice/{id}/embed", as_visitor=True),
    Page("oembed", "/oembed?url=http://localhost:8000/@alice/{id}", as_visitor=True, has_words=False),
    Page("tweet_menu", "/@alice/{id}/menu"),
    Page("tweet_share", "/@alice/{id}/share"),
    Page("edit_tweet", "/edit/{id}/", for_author=True, needs_login=True),
    Page("delete_tweet", "/delete/{id}/", for_author=True, needs_login=True),
    Page("redraft_tweet", "/redraft/{id}/", for_author=True, needs_login=True),
    Page("tweet_statistics", "/@alice/{id}/statistics", otherwise=404, for_author=True),
    Page("create_tweet", "/create/?reply_to={id}", needs_login=True),
    Page("create_tweet", "/create/?quote={id}", audiences=OPEN, needs_login=True),
]


@dataclass(frozen=True)
class List:
    """A page on which tweets stand among others. `places` are those of the scene that belong there."""

    name: str
    address: str
    places: tuple[str, ...]
    audiences: frozenset[str] = ALL
    hides_muted: bool = False
    needs_login: bool = False
    but_not: frozenset[str] = frozenset()  # readers who get something else here


_AUTHOR = frozenset({"author"})  # cannot do it to herself
LISTS = [
    List("feed", "/", ("plain", "pinned"), PUBLIC, but_not=frozenset(SEES) - VISITORS),
    List("feed", "/", ("plain", "pinned", "reply"), hides_muted=True, but_not=frozenset(VISITORS)),
    List("live_tweets", "/live/tweets?place=local", ("plain", "pinned"), PUBLIC, hides_muted=True),
    List("live_tweets", "/live/tweets?place=tag:breakfast", ("plain",), LISTED, hides_muted=True),
    List(
        "live_tweets",
        "/live/tweets?place=home",
        ("plain", "pinned", "reply"),
        hides_muted=True,
        needs_login=False,
        but_not=frozenset(VISITORS),
    ),
    List("live_tweets", "/live/tweets?place=home", (), but_not=frozenset(SEES) - VISITORS),
    List("live_news", "{news}", ("reply",)),
    List("local", "/local/", ("plain", "pinned"), PUBLIC, hides_muted=True),
    List("profile", "/@alice", ("plain", "pinned"), LISTED),
    List("profile_replies", "/@alice/replies", ("reply",), LISTED),
    List("profile_media", "/@alice/media", ("plain",), LISTED),
    List("profile_likes", "/@{reader}/likes", ("plain", "pinned", "reply"), needs_login=True),
    List("profile_rss", "/@alice.rss", ("plain", "pinned"), OPEN),
    List("profile_atom", "/@alice.atom", ("plain", "pinned"), OPEN),
    List("tag_atom", "/tags/breakfast.atom", ("plain",), OPEN),
    List("tag_rss", "/tags/breakfast.rss", ("plain",), OPEN),
    List("tag", "/tags/breakfast", ("plain",), LISTED, hides_muted=True),
    List("search", "/search/?q=from:alice", ("plain", "pinned", "reply"), LISTED, hides_muted=True),
    List("search", "/search/?q=from:alice&tab=latest", ("plain", "pinned", "reply"), LISTED, True),
    List("search", "/search/?q=from:alice&tab=media", ("plain",), LISTED, hides_muted=True),
    List("link_tweets", "{link}", ("reply",), LISTED, hides_muted=True),
    List("report", "/@alice/report", ("plain", "pinned", "reply"), LISTED, needs_login=True, but_not=_AUTHOR),
    List("explore", "/explore/", ("plain", "pinned", "reply"), PUBLIC, hides_muted=True),
    List("bookmarks", "/bookmarks/", ("plain", "pinned", "reply"), needs_login=True),
    # Everybody who followed alice put her on a list; who follows her no longer finds it empty.
    List(
        "list",
        "{list}",
        ("plain", "pinned", "reply"),
        hides_muted=True,
        needs_login=True,
        but_not=frozenset(SEES) - VISITORS - {"follower", "muter"},
    ),
    List("list", "{list}", (), needs_login=True, but_not=frozenset({"follower", "muter"})),
    List(
        "notifications",
        "/notifications/",
        ("plain", "pinned", "reply"),
        hides_muted=True,
        needs_login=True,
        but_not=frozenset({"author"}),
    ),
    List(
        "notification_request",
        "/notifications/requests/@alice",
        ("plain", "pinned", "reply"),
        hides_muted=True,
        needs_login=True,
        but_not=frozenset({"author"}),
    ),
    # Alice wrote to two sets of people; the list shows the last words to each. She is a stranger to those
    # who still read her, so her messages wait among their requests; the others take no part.
    List("messages", "/messages/", ("pinned", "reply"), DIRECT, needs_login=True, but_not=_ADDRESSED),
    List(
        "message_requests",
        "/messages/requests/",
        ("pinned", "reply"),
        DIRECT,
        needs_login=True,
        but_not=frozenset({"author"}),
    ),
    List("new_message", "/messages/new/", ("pinned", "reply"), DIRECT, needs_login=True, but_not=_ADDRESSED),
    List(
        "conversation",
        "{conversation}",
        ("plain", "pinned", "reply"),
        DIRECT,
        needs_login=True,
        but_not=frozenset({"stranger", "follower", "exfollower", "asking", "muter"}),  # take no part
    ),
    # What others make of them: retweets and quotes among rita's tweets, answers beneath and above hers.
    List("profile", "/@rita", ("plain",)),
    List("tweet", "{root}", ("reply",)),
    List("tweet", "{above}", ("plain",)),
    List("tweet", "{quote}", ("plain",)),
]


def expected(row: List, reader: str) -> set[tuple[str, str]]:
    """What that reader finds there: places and audiences."""
    if (row.needs_login and reader in VISITORS) or (row.hides_muted and reader == "muter"):
        return set()
    return {(place, audience) for place in row.places for audience in SEES[reader] & row.audiences}


# Lists on which tweets are offered to whoever comes by, so that those of limited people stand there for their
# followers alone. Home holds whom one follows; all other lists were asked for one person's words.
OFFERING = frozenset("feed local live_tweets tag tag_atom tag_rss search link_tweets explore".split())

# One-button gestures are a POST; by GET they lead to the tweet, or to log in, without looking at it.
GESTURES = {
    "like": "like",
    "vote": "vote",
    "unlike": "unlike",
    "retweet": "retweet",
    "unretweet": "unretweet",
    "bookmark": "bookmark",
    "unbookmark": "unbookmark",
    "pin": "pin",
    "unpin": "unpin",
    "undo_posting": "undo",
    "detach_quote": "detach",
    "mute_thread": "mute",
    "unmute_thread": "unmute",
}

# What a script tells of a tweet, by POST from a page of ours: 204 of one that the reader sees, else 404.
TOLD = {"opened_link": "opened"}

SHOWS_NO_TWEETS = {
    **dict.fromkeys(
        "accept_conversation unread_conversation clear_conversation".split(), "buttons of a conversation"
    ),
    "read_notifications": "a button, leads back to its page",
    "notification_requests": "names of people",
    "accept_notifications": "a button, leads to the names",
    "dismiss_notifications": "a button, leads to the names",
    "explore_people": "names of people",
    "explore_links": "what linked pages say, and how many people link to them in public",
    "following": "names of people",
    "followers": "names of people",
    "follow_requests": "names of people",
    "tags": "names of tags, and how many people use them in public",
    **dict.fromkeys(["follow_tag", "unfollow_tag"], "a button on the page of a tag"),
    "suggest": "names of people and tags",
    "suggest_search": "names of people and tags",
    **dict.fromkeys(
        "follow unfollow bell unbell show_retweets hide_retweets remove_follower accept_follow refuse_follow"
        " mute unmute block unblock note".split(),
        "about a person, not about what they say",
    ),
    **dict.fromkeys(
        "lists create_list edit_list delete_list list_members remove_from_list lists_of_person".split(),
        "names of lists, and of people on them",
    ),
    "upload_picture": "pictures that no tweet shows yet, of the person who uploads",
    "media": "pictures by an address nobody can guess; it goes with the tweet",
    "initials": "letters",
    "sitemap_tweets": "addresses of tweets without their words; tests/web/test_sitemap.py tells which",
    "share": "words that came with the address",
    "about": "what this server is",
    **dict.fromkeys(
        "rules terms terms_on privacy privacy_on about_on announcements dismiss_announcement"
        " react unreact".split(),
        "what this server is",
    ),
    "measure": "what staff did to one, by an address nobody can guess; tests/web/test_measures.py",
    **dict.fromkeys(
        "report_picture moderation staff_reports staff_report assign_report note_report close_report"
        " open_report decide_report staff_people staff_person lift_measure staff_appeals decide_appeal"
        " staff_rules edit_rule withdraw_rule bring_back_rule staff_team staff_audit undo_deed"
        " staff_joining decide_joining joining_policy staff_invites join_blocks"
        " staff_announcements edit_announcement end_announcement staff_documents edit_document"
        " staff_server automatic_rules add_automatic_rule automatic_rule edit_automatic_rule rehearse_rule"
        " start_automatic_rule stop_automatic_rule held_tweets let_appear take_down_held decide_hit"
        " staff_doctor count_housekeeping staff_statistics staff_statistics_days".split(),
        "for staff; everybody else gets 404, see tests/web/test_moderation_doors.py",
    ),
    **dict.fromkeys(
        "statistics statistics_days statistics_tweets".split(), "numbers, and tweets, of oneself"
    ),
    "download_archive": "one's own words; tests/web/test_settings_data.py tells who gets them",
    "setup": "a form, while there is no owner",
    "keyboard": "which key does what",
    **dict.fromkeys(("developers", "developers_chapter"), "how apps use the server; examples are recorded"),
    **dict.fromkeys("healthz readyz favicon robots manifest sitemap sitemap_people".split(), "for machines"),
    **dict.fromkeys(
        "register check_username login logout confirm_email_sent confirm_email password_reset"
        " password_reset_sent password_reset_done password_reset_key reauthenticate mailbox"
        " second_step log_in_by_passkey"
        " authorize".split(),
        "about one's own account",
    ),
    **dict.fromkeys(
        "settings settings_profile settings_account settings_password settings_sessions settings_privacy"
        " settings_posting settings_reading settings_apps create_token settings_measures settings_data"
        " discard_archive"
        " settings_blocked settings_muted settings_appearance settings_filters settings_notifications"
        " settings_invites settings_security app_for_codes remove_app recovery_codes add_passkey"
        " remove_passkey"
        " delete_account create_filter edit_filter delete_filter".split(),
        "one's own settings",
    ),
    **dict.fromkeys(
        "drafts save_draft keep_draft draft_offer discard_draft scheduled edit_scheduled post_scheduled"
        " cancel_scheduled".split(),
        "what one has not said yet",
    ),
    **dict.fromkeys(
        "welcome welcome_people welcome_tweet".split(), "a form, people to follow, and the empty composer"
    ),
}
