"""What others did that concerns oneself, and of whom one wants to hear."""

from django.urls import URLPattern

from api.operations import at, person
from api.views import notification_requests as requests
from api.views import notifications, pushes

READ, WRITE = "read:notifications", "write:notifications"

ROUTES: list[URLPattern] = [
    # Push
    at(
        "api/v1/push/subscription",
        POST=person(pushes.create, "push"),
        GET=person(pushes.show, "push"),
        PUT=person(pushes.update, "push"),
        DELETE=person(pushes.delete, "push"),
    ),
    # Policy and requests
    at(
        "api/v1/notifications/policy",
        GET=person(requests.show_first_policy, READ),
        PUT=person(requests.update_first_policy, WRITE),
    ),
    at(
        "api/v2/notifications/policy",
        GET=person(requests.show_policy, READ),
        PATCH=person(requests.update_policy, WRITE),
        PUT=person(requests.update_policy, WRITE),
    ),
    at("api/v1/notifications/requests", GET=person(requests.index, READ)),
    at("api/v1/notifications/requests/accept", POST=person(requests.accept_many, WRITE)),
    at("api/v1/notifications/requests/dismiss", POST=person(requests.dismiss_many, WRITE)),
    at("api/v1/notifications/requests/merged", GET=person(requests.merged, READ)),
    at("api/v1/notifications/requests/<id:request_id>", GET=person(requests.show, READ)),
    at("api/v1/notifications/requests/<id:request_id>/accept", POST=person(requests.accept, WRITE)),
    at("api/v1/notifications/requests/<id:request_id>/dismiss", POST=person(requests.dismiss, WRITE)),
    # One by one
    at("api/v1/notifications", GET=person(notifications.index, READ)),
    at("api/v1/notifications/clear", POST=person(notifications.clear, WRITE)),
    at("api/v1/notifications/unread_count", GET=person(notifications.unread_count, READ)),
    at("api/v1/notifications/<id:notification_id>", GET=person(notifications.show, READ)),
    at("api/v1/notifications/<id:notification_id>/dismiss", POST=person(notifications.dismiss, WRITE)),
    # In groups
    at("api/v2/notifications", GET=person(notifications.groups, READ)),
    at("api/v2/notifications/unread_count", GET=person(notifications.unread_groups, READ)),
    at("api/v2/notifications/<str:group_key>", GET=person(notifications.show_group, READ)),
    at("api/v2/notifications/<str:group_key>/accounts", GET=person(notifications.group_accounts, READ)),
    at("api/v2/notifications/<str:group_key>/dismiss", POST=person(notifications.dismiss_group, WRITE)),
]
