"""The client API: how Django REST framework does things in this house."""

from typing import Any

from twitter_clone import env
from twitter_clone.settings import guards

# For tests and bots of one's own: an app gets a token for a name and a password, without asking on a page.
OAUTH_PASSWORD_GRANT = env.flag("OAUTH_PASSWORD_GRANT")

# Who may join by an app: nobody (off), whom staff let in (approval), or everybody (open), with or without
# proof of the address. What the joining policy forbids stays forbidden.
API_REGISTRATIONS = env.choice("API_REGISTRATIONS", ("off", "approval", "open"))
API_REGISTRATIONS_CONFIRM = env.flag("API_REGISTRATIONS_CONFIRM", default=True)

# The key by which push services know this server; without one apps that are closed are not told.
VAPID_PRIVATE_KEY = guards.vapid_private_key()

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.Bearer"],
    "DEFAULT_PERMISSION_CLASSES": ["api.authentication.Allowed"],
    "DEFAULT_PARSER_CLASSES": [
        "api.inputs.parsers.JSON",
        "api.inputs.parsers.Form",
        "api.inputs.parsers.MultiPart",
        "api.inputs.parsers.Anything",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Described",
    "EXCEPTION_HANDLER": "api.errors.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Client API",
    "DESCRIPTION": "The client API of Mastodon, as far as this server has what it speaks of.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_REQUEST": False,
    "DISABLE_ERRORS_AND_WARNINGS": True,
}
