"""The addresses of all pages."""

from django.urls import URLPattern, URLResolver, include, path

from web.views.about import about
from web.views.compose import create_tweet, delete_tweet_page, edit_tweet_page
from web.views.feed import feed
from web.views.health import healthz, readyz
from web.views.initials import initials
from web.views.machines import favicon, robots
from web.views.media import media
from web.views.pictures import upload_picture
from web.views.profile import profile
from web.views.rss import profile_rss
from web.views.tag import tag
from web.views.tweet import tweet, tweet_history, tweet_picture

urlpatterns: list[URLPattern | URLResolver] = [
    path("", feed, name="feed"),
    path("create/", create_tweet, name="create_tweet"),
    path("edit/<int:tweet_id>/", edit_tweet_page, name="edit_tweet"),
    path("delete/<int:tweet_id>/", delete_tweet_page, name="delete_tweet"),
    path("@<str:handle>.rss", profile_rss, name="profile_rss"),
    path("@<str:handle>", profile, name="profile"),
    path("@<str:handle>/<int:tweet_id>", tweet, name="tweet"),
    path("@<str:handle>/<int:tweet_id>/history", tweet_history, name="tweet_history"),
    path("@<str:handle>/<int:tweet_id>/picture/<int:place>", tweet_picture, name="tweet_picture"),
    path("tags/<str:name>", tag, name="tag"),
    path("pictures/", upload_picture, name="upload_picture"),
    path("media/<path:name>", media, name="media"),
    path("initials/<int:hue>/<str:letters>.svg", initials, name="initials"),
    path("about/", about, name="about"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path("", include("web.urls_accounts")),
]
