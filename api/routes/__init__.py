"""The lines of the table, one file for each part of the documentation, in its order."""

from api.operations import area
from api.routes import accounts, filters, lists, notifications, oauth, server, statuses, timelines

AREAS = (
    area("getting-in", "Getting in", "Register an app, get a token, find the server.", oauth.ROUTES),
    area("people", "People", "Profiles, follows, blocks, mutes, and one's own account.", accounts.ROUTES),
    area("tweets", "Tweets", "Post, edit, like, retweet, quote; polls, pictures, schedule.", statuses.ROUTES),
    area("timelines", "Timelines", "What to read: home, tags, messages, search, trends.", timelines.ROUTES),
    area("lists", "Lists", "People read together.", lists.ROUTES),
    area("notifications", "Notifications", "What others did, and pushes.", notifications.ROUTES),
    area("filters", "Filters", "Words and tweets one would rather not see.", filters.ROUTES),
    area("server", "Server", "Limits, rules, announcements, reports, streams.", server.ROUTES),
)
ROUTES = [line for one in AREAS for line in one.routes]
