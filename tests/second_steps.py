"""What people sign in with beside a password: an app that shows codes, and a passkey made of software."""

import hashlib
import json
import secrets
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts.actions import add_app
from accounts.models import User

_FLAG = AuthenticatorData.FLAG
_ORIGIN = "http://localhost:8000"


def code_of(key: str, steps_ahead: int = 0) -> str:
    """What an app with that key shows; half minutes ahead."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + steps_ahead))


def set_up_app(person: User) -> str:
    """The key of an app that asks the person for codes from now on; this half minute's is not used up."""
    key = generate_totp_secret()
    add_app(person, key, code_of(key, -1))
    return key


class SoftPasskey:
    """Keeps its secret and signs what it is asked. `verifies`: it asks for a face or a PIN first."""

    def __init__(self, origin: str = _ORIGIN, *, verifies: bool = True) -> None:
        self.origin = origin
        self.rp_id = "localhost"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(16)
        self._flags = _FLAG.UP | (_FLAG.UV if verifies else 0)
        self.owner = ""

    def make(self, options: str) -> str:
        """What the browser answers when it was asked to make a passkey."""
        asked = json.loads(options)["publicKey"]
        self.owner = asked["user"]["id"]
        public = ES256.from_cryptography_key(self._key.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, self._id, public)
        data = AuthenticatorData.create(self._rp_hash(), self._flags | _FLAG.AT, 0, attested)
        response = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", asked["challenge"])),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(response, {"credProps": {"rk": True}})

    def use(self, options: str) -> str:
        """What the browser answers when it was asked for a passkey."""
        asked = json.loads(options)["publicKey"]
        client = self._client("webauthn.get", asked["challenge"])
        data = AuthenticatorData.create(self._rp_hash(), self._flags, 0)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.owner,
        }
        return self._answer(response, {})

    def _rp_hash(self) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict, extensions: dict) -> str:
        name = websafe_encode(self._id)
        parts = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps({**parts, "clientExtensionResults": extensions})
