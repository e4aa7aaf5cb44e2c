"""Programs that act for people: apps, the codes they fetch a token with, and the tokens."""

from django.conf import settings
from django.db import models

_CHECKSUM_LENGTH = 64  # hexadecimal digits of SHA-256


class App(models.Model):
    """A program that registered itself. Of its secret only the checksum is kept."""

    name = models.CharField(max_length=100)
    website = models.CharField(max_length=2000, blank=True)
    client_id = models.CharField(max_length=64, unique=True)
    secret_checksum = models.CharField(max_length=_CHECKSUM_LENGTH)
    redirect_uris = models.JSONField(default=list)
    scopes = models.TextField()  # the most it may ever be allowed, with spaces between them
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.name


class AuthorizationCode(models.Model):
    """A person's yes on its way to the app, redeemed once: a second time ends what came of the first."""

    checksum = models.CharField(max_length=_CHECKSUM_LENGTH, unique=True)
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="codes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    redirect_uri = models.TextField()
    scopes = models.TextField()
    challenge = models.CharField(max_length=128, blank=True)  # PKCE, S256; empty when none was sent
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"for {self.app_id} by {self.user_id}"


class AccessToken(models.Model):
    """What an app shows with each request. Without a user it speaks for the app alone."""

    checksum = models.CharField(max_length=_CHECKSUM_LENGTH, unique=True)
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="tokens")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="access_tokens"
    )
    scopes = models.TextField()
    code = models.ForeignKey(AuthorizationCode, on_delete=models.SET_NULL, null=True, related_name="tokens")
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)  # to the hour

    def __str__(self) -> str:
        return f"{self.app_id} for {self.user_id or 'itself'}"
