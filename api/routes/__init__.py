"""The lines of the table, one file for each part of the documentation, in its order."""

from api.routes import accounts, lists, oauth, server, statuses, timelines

ROUTES = [
    *oauth.ROUTES,
    *accounts.ROUTES,
    *statuses.ROUTES,
    *timelines.ROUTES,
    *lists.ROUTES,
    *server.ROUTES,
]
