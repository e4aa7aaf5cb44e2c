"""The addresses of people: their pages, their lists, and what can be done about them."""

from django.urls import URLPattern, path

from web.views import blocks, follows, mutes, notes, reports, requests
from web.views.feeds import profile_atom, profile_rss
from web.views.people import followers, following
from web.views.profile import profile, profile_likes, profile_media, profile_replies

urlpatterns: list[URLPattern] = [
    path("@<str:handle>.rss", profile_rss, name="profile_rss"),
    path("@<str:handle>.atom", profile_atom, name="profile_atom"),
    path("@<str:handle>", profile, name="profile"),
    path("@<str:handle>/replies", profile_replies, name="profile_replies"),
    path("@<str:handle>/media", profile_media, name="profile_media"),
    path("@<str:handle>/likes", profile_likes, name="profile_likes"),
    path("@<str:handle>/following", following, name="following"),
    path("@<str:handle>/followers", followers, name="followers"),
    path("@<str:handle>/follow", follows.create, name="follow"),
    path("@<str:handle>/unfollow", follows.destroy, name="unfollow"),
    path("@<str:handle>/bell", follows.ring, name="bell"),
    path("@<str:handle>/unbell", follows.silence, name="unbell"),
    path("@<str:handle>/show-retweets", follows.show_retweets, name="show_retweets"),
    path("@<str:handle>/hide-retweets", follows.hide_retweets, name="hide_retweets"),
    path("@<str:handle>/remove", follows.remove, name="remove_follower"),
    path("@<str:handle>/accept", requests.accept, name="accept_follow"),
    path("@<str:handle>/refuse", requests.refuse, name="refuse_follow"),
    path("@<str:handle>/mute", mutes.create, name="mute"),
    path("@<str:handle>/unmute", mutes.destroy, name="unmute"),
    path("@<str:handle>/block", blocks.create, name="block"),
    path("@<str:handle>/unblock", blocks.destroy, name="unblock"),
    path("@<str:handle>/report", reports.report, name="report"),
    path("@<str:handle>/note", notes.edit, name="note"),
    path("requests/", requests.follow_requests, name="follow_requests"),
]
