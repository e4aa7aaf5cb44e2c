"""The client API: how Django REST framework does things in this house."""

from typing import Any

from twitter_clone import env

# For tests and bots of one's own: an app gets a token for a name and a password, without asking on a page.
OAUTH_PASSWORD_GRANT = env.flag("OAUTH_PASSWORD_GRANT")

# Who may join by an app: nobody (off), or everybody (open), with or without proof of the address.
API_REGISTRATIONS = env.choice("API_REGISTRATIONS", ("off", "open"))
API_REGISTRATIONS_CONFIRM = env.flag("API_REGISTRATIONS_CONFIRM", default=True)

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
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.errors.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
