"""Every page of the site, by the name of its address: what the tests of looks and the screenshots visit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """One visit. `path` may name {paths} of the scene; `person` is who looks, "" a visitor."""

    name: str
    path: str
    person: str = ""
    status: int = 200
    note: str = ""  # which state of the page, if it has several

    def __str__(self) -> str:
        return "-".join(filter(None, (self.name, self.note, self.person)))


SCREENS = [
    Screen("feed", "/"),
    Screen("feed", "/", "alice"),
    Screen("feed", "/", "uma", note="unconfirmed"),
    Screen("feed", "/?page=2", "alice", note="second page"),
    Screen("local", "/local/"),
    Screen("local", "/local/", "alice"),
    Screen("notifications", "/notifications/", "alice"),
    Screen("notifications", "/notifications/?only=mentions", "alice", note="mentions"),
    Screen("create_tweet", "/create/", "alice"),
    Screen("edit_tweet", "/edit/{own_id}/", "alice"),
    Screen("edit_tweet", "/edit/{pictures_4_id}/", "alice", note="four pictures"),
    Screen("edit_tweet", "/edit/{strange_id}/", "alice", status=403, note="not theirs"),
    Screen("delete_tweet", "/delete/{pictures_1_id}/", "alice"),
    Screen("profile", "{profile}"),
    Screen("profile", "{own_profile}", "alice", note="own"),
    Screen("profile", "{silent}", "alice", note="empty"),
    Screen("profile_replies", "/@alice/replies", "bob"),
    Screen("profile_media", "/@alice/media", "bob"),
    Screen("profile_likes", "/@alice/likes", "alice"),
    Screen("profile_likes", "/@alice/likes", "bob", status=403, note="not theirs"),
    Screen("following", "/@alice/following", "bob"),
    Screen("followers", "/@alice/followers"),
    Screen("follow_requests", "/requests/", "alice"),
    Screen("mute", "/@bob/mute", "alice"),
    Screen("block", "/@bob/block", "alice"),
    Screen("note", "/@bob/note", "alice"),
    Screen("bookmarks", "/bookmarks/", "alice"),
    Screen("lists", "/lists/", "stella"),
    Screen("lists", "/lists/", "alice", note="none"),
    Screen("create_list", "/lists/new/", "alice"),
    Screen("list", "{list}", "stella"),
    Screen("list", "{empty_list}", "stella", note="empty"),
    Screen("list", "{list}", "alice", status=404, note="not theirs"),
    Screen("edit_list", "{list}edit/", "stella"),
    Screen("delete_list", "{list}delete/", "stella"),
    Screen("list_members", "{list}members/", "stella"),
    Screen("list_members", "{empty_list}members/", "stella", note="empty"),
    Screen("lists_of_person", "{profile}/lists", "stella"),
    Screen("tweet_likes", "{linked}/likes"),
    Screen("tweet_retweets", "{linked}/retweets"),
    Screen("tweet_quotes", "{linked}/quotes"),
    Screen("tweet", "{linked}"),
    Screen("tweet", "{own}", "alice", note="own"),
    Screen("tweet", "{pictures_4}", note="four pictures"),
    Screen("tweet", "{hidden}", "bob", status=404, note="hidden"),
    Screen("tweet", "{profile}/1", status=404, note="missing"),
    Screen("tweet_history", "{edited}/history"),
    Screen("tweet_picture", "{pictures_4}/picture/2"),
    Screen("tag", "{tag}"),
    Screen("tag", "/tags/nothingyet", note="empty"),
    Screen("about", "/about/"),
    Screen("register", "/register/"),
    Screen("login", "/login/"),
    Screen("logout", "/logout/", "alice"),
    Screen("confirm_email_sent", "/confirm-email/", "uma"),
    Screen("confirm_email_sent", "/confirm-email/"),
    Screen("confirm_email", "/confirm-email/{confirm_key}/"),
    Screen("confirm_email", "/confirm-email/old/", status=410, note="expired"),
    Screen("password_reset", "/password/reset/"),
    Screen("password_reset_sent", "/password/reset/sent/"),
    Screen("password_reset_done", "/password/reset/done/"),
    Screen("password_reset_key", "/password/reset/{reset_key}/"),
    Screen("password_reset_key", "/password/reset/1-old/", status=410, note="expired"),
    Screen("settings_profile", "/settings/profile/", "alice"),
    Screen("settings_account", "/settings/account/", "alice"),
    Screen("settings_password", "/settings/password/", "alice"),
    Screen("settings_sessions", "/settings/sessions/", "alice"),
    Screen("settings_appearance", "/settings/appearance/", "alice"),
    Screen("settings_appearance", "/settings/appearance/"),
    Screen("settings_privacy", "/settings/privacy/", "alice"),
    Screen("settings_blocked", "/settings/blocked/", "alice"),
    Screen("settings_muted", "/settings/muted/", "alice"),
    Screen("settings_filters", "/settings/filters/", "dora"),
    Screen("settings_filters", "/settings/filters/", "alice", note="empty"),
    Screen("create_filter", "/settings/filters/new/", "alice"),
    Screen("edit_filter", "/settings/filters/{filter_id}/", "dora"),
    Screen("tweet", "{edited}", "dora", note="folded"),
    Screen("profile", "{profile}", "dora", note="folded"),
    Screen("reauthenticate", "/settings/confirm/", "alice"),
    Screen("mailbox", "/mailbox/"),
]

# Error pages that no visit can provoke: the scene draws them, the tests hand them to the browser.
DRAWN_ERRORS = ["400", "413", "429", "500"]

# Addresses that are no page, each with what it is instead.
NO_SCREENS = {
    "profile_rss": "a feed for machines",
    "tag_rss": "a feed for machines",
    "upload_picture": "takes pictures, answers with a fragment of the composer",
    "media": "pictures",
    "initials": "pictures",
    "healthz": "for machines",
    "readyz": "for machines",
    "favicon": "leads to the icon",
    "robots": "for machines",
    "check_username": "a fragment of the registration form",
    "settings": "leads to the settings of the profile",
    "delete_filter": "a button, leads to the list of filters",
    "read_notifications": "a button, leads back to its page",
    "follow": "a button, leads back to its page",
    "unfollow": "a button, leads back to its page",
    "bell": "a button, leads back to its page",
    "unbell": "a button, leads back to its page",
    "show_retweets": "a button, leads back to its page",
    "hide_retweets": "a button, leads back to its page",
    "remove_follower": "a button, leads back to its page",
    "accept_follow": "a button, leads back to its page",
    "refuse_follow": "a button, leads back to its page",
    "remove_from_list": "a button, leads back to its page",
    "unmute": "a button, leads back to its page",
    "unblock": "a button, leads back to its page",
    "like": "a button, leads back to its tweet",
    "unlike": "a button, leads back to its tweet",
    "retweet": "a button, leads back to its tweet",
    "unretweet": "a button, leads back to its tweet",
    "bookmark": "a button, leads back to its tweet",
    "unbookmark": "a button, leads back to its tweet",
    "pin": "a button, leads back to its tweet",
    "unpin": "a button, leads back to its tweet",
    "mute_thread": "a button, leads back to its tweet",
    "unmute_thread": "a button, leads back to its tweet",
    "detach_quote": "a button, leads back to its tweet",
}
