"""The addresses of all pages."""

from django.urls import URLPattern, URLResolver, include, path

from web.views import (
    bookmarks,
    embed,
    engaged,
    likes,
    list_members,
    lists,
    live,
    menus,
    notification_requests,
    notifications,
    pins,
    quotes,
    retweets,
    tag_follows,
    thread_mutes,
    votes,
)
from web.views.about import about
from web.views.compose import create_tweet, delete_tweet_page, edit_tweet_page
from web.views.explore import explore, explore_links, explore_people, link_tweets
from web.views.feed import feed
from web.views.feeds import tag_atom, tag_rss
from web.views.health import healthz, readyz
from web.views.initials import initials
from web.views.keyboard import keyboard
from web.views.local import local
from web.views.machines import favicon, manifest, robots
from web.views.media import media
from web.views.pictures import upload_picture
from web.views.redraft import redraft
from web.views.search import search
from web.views.share import share
from web.views.sitemap import sitemap, sitemap_people, sitemap_tweets
from web.views.suggest import suggest, suggest_search
from web.views.tag import tag
from web.views.tweet import tweet, tweet_history, tweet_picture
from web.views.undo import undo

urlpatterns: list[URLPattern | URLResolver] = [
    path("", feed, name="feed"),
    path("local/", local, name="local"),
    path("explore/", explore, name="explore"),
    path("explore/links/", explore_links, name="explore_links"),
    path("explore/links/<int:card_id>/", link_tweets, name="link_tweets"),
    path("explore/people/", explore_people, name="explore_people"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read", notifications.read, name="read_notifications"),
    path("notifications/requests/", notification_requests.requests, name="notification_requests"),
    path(
        "notifications/requests/@<str:handle>", notification_requests.one_request, name="notification_request"
    ),
    path(
        "notifications/requests/@<str:handle>/accept",
        notification_requests.accept,
        name="accept_notifications",
    ),
    path(
        "notifications/requests/@<str:handle>/dismiss",
        notification_requests.dismiss,
        name="dismiss_notifications",
    ),
    path("live/news", live.news, name="live_news"),
    path("live/tweets", live.tweets, name="live_tweets"),
    path("create/", create_tweet, name="create_tweet"),
    path("edit/<int:tweet_id>/", edit_tweet_page, name="edit_tweet"),
    path("delete/<int:tweet_id>/", delete_tweet_page, name="delete_tweet"),
    path("redraft/<int:tweet_id>/", redraft, name="redraft_tweet"),
    path("@<str:handle>/<int:tweet_id>", tweet, name="tweet"),
    path("@<str:handle>/<int:tweet_id>/undo", undo, name="undo_posting"),
    path("@<str:handle>/<int:tweet_id>/history", tweet_history, name="tweet_history"),
    path("@<str:handle>/<int:tweet_id>/picture/<int:place>", tweet_picture, name="tweet_picture"),
    path("@<str:handle>/<int:tweet_id>/embed", embed.embed, name="embed"),
    path("@<str:handle>/<int:tweet_id>/embed-code", embed.embed_code, name="embed_code"),
    path("oembed", embed.oembed, name="oembed"),
    path("@<str:handle>/<int:tweet_id>/like", likes.create, name="like"),
    path("@<str:handle>/<int:tweet_id>/unlike", likes.destroy, name="unlike"),
    path("@<str:handle>/<int:tweet_id>/vote", votes.create, name="vote"),
    path("@<str:handle>/<int:tweet_id>/likes", engaged.likes, name="tweet_likes"),
    path("@<str:handle>/<int:tweet_id>/retweet", retweets.create, name="retweet"),
    path("@<str:handle>/<int:tweet_id>/unretweet", retweets.destroy, name="unretweet"),
    path("@<str:handle>/<int:tweet_id>/retweets", engaged.retweets, name="tweet_retweets"),
    path("@<str:handle>/<int:tweet_id>/quotes", engaged.quotes, name="tweet_quotes"),
    path("@<str:handle>/<int:tweet_id>/detach", quotes.destroy, name="detach_quote"),
    path("@<str:handle>/<int:tweet_id>/bookmark", bookmarks.create, name="bookmark"),
    path("@<str:handle>/<int:tweet_id>/unbookmark", bookmarks.destroy, name="unbookmark"),
    path("@<str:handle>/<int:tweet_id>/pin", pins.create, name="pin"),
    path("@<str:handle>/<int:tweet_id>/unpin", pins.destroy, name="unpin"),
    path("@<str:handle>/<int:tweet_id>/mute", thread_mutes.create, name="mute_thread"),
    path("@<str:handle>/<int:tweet_id>/unmute", thread_mutes.destroy, name="unmute_thread"),
    path("@<str:handle>/<int:tweet_id>/menu", menus.menu, name="tweet_menu"),
    path("@<str:handle>/<int:tweet_id>/share", menus.share, name="tweet_share"),
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", lists.create, name="create_list"),
    path("lists/<int:list_id>/", lists.timeline, name="list"),
    path("lists/<int:list_id>/edit/", lists.edit, name="edit_list"),
    path("lists/<int:list_id>/delete/", lists.delete, name="delete_list"),
    path("lists/<int:list_id>/members/", list_members.members, name="list_members"),
    path("lists/<int:list_id>/members/@<str:handle>/remove", list_members.remove, name="remove_from_list"),
    path("@<str:handle>/lists", list_members.lists_of_person, name="lists_of_person"),
    path("tags/", tag_follows.tags, name="tags"),
    path("tags/<str:name>/follow", tag_follows.create, name="follow_tag"),
    path("tags/<str:name>/unfollow", tag_follows.destroy, name="unfollow_tag"),
    path("tags/<str:name>.rss", tag_rss, name="tag_rss"),
    path("tags/<str:name>.atom", tag_atom, name="tag_atom"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest_search, name="suggest_search"),
    path("tags/<str:name>", tag, name="tag"),
    path("suggest/", suggest, name="suggest"),
    path("pictures/", upload_picture, name="upload_picture"),
    path("media/<path:name>", media, name="media"),
    path("initials/<int:hue>/<str:letters>.svg", initials, name="initials"),
    path("about/", about, name="about"),
    path("keyboard/", keyboard, name="keyboard"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("share", share, name="share"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap/people-<int:year>-<int:month>.xml", sitemap_people, name="sitemap_people"),
    path("sitemap/tweets-<int:year>-<int:month>.xml", sitemap_tweets, name="sitemap_tweets"),
    path("", include("web.urls_writing")),
    path("", include("web.urls_people")),
    path("", include("web.urls_statistics")),
    path("", include("web.urls_messages")),
    path("", include("web.urls_moderation")),
    path("", include("web.urls_accounts")),
]
