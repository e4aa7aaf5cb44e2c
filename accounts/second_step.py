"""What django-allauth has to know of this house about the second step of signing in."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from accounts.models import User
from common.naming import site_name
from common.sealing import seal, unseal


class SecondStep(DefaultMFAAdapter):
    """Secrets are kept sealed; a passkey is bound to the host of SITE_URL, whatever the request says."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return f"{site_name()}:{user.username}"

    def get_totp_issuer(self) -> str:
        return site_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": site_name()}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": user.username, "display_name": user.shown_name}
