"""The lines of the table, one file for each part of the documentation, in its order."""

from api.routes import accounts, filters, lists, notifications, oauth, server, statuses, timelines

ROUTES = [
    *oauth.ROUTES,
    *accounts.ROUTES,
    *statuses.ROUTES,
    *timelines.ROUTES,
    *lists.ROUTES,
    *notifications.ROUTES,
    *filters.ROUTES,
    *server.ROUTES,
]
