"""Web Push: a message sealed for one browser or app alone, and the proof that it comes from this server.

RFC 8291 and 8292; and the draft before them (aesgcm), which apps expect that do not say otherwise. Whoever
carries the message, the push service, sees neither what it says nor whom it concerns.
"""

import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import orjson
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOST_BYTES = 3800  # of a message; services take no more than 4096 with all that is around it
_CURVE = ec.SECP256R1()
_POINT_BYTES, _SECRET_BYTES, _SALT_BYTES = 65, 16, 16
_RECORD_BYTES = 4096
_PROOF_SECONDS = 12 * 3600  # 24 hours are the most that services believe


class Unusable(ValueError):
    """A key that is none."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The body of the request, and the headers that say how it is sealed and who sends it."""

    body: bytes
    headers: dict[str, str]


class Recipient:
    """Whoever can open what is sealed for them: the public key and the secret they gave when subscribing."""

    def __init__(self, public_key: str, secret: str) -> None:
        """Both as base64 in either alphabet. Raises Unusable."""
        point, self.secret = _decoded(public_key), _decoded(secret)
        if len(point) != _POINT_BYTES or len(self.secret) != _SECRET_BYTES:
            raise Unusable("The keys have not the length of keys.")
        try:
            self.key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise Unusable("The key is no point of the curve.") from error
        self.point = point


class Sender:
    """This server's key, by which services know that it is the one which was let in."""

    def __init__(self, private_key: str) -> None:
        """32 bytes as base64. Raises Unusable."""
        number = int.from_bytes(_decoded(private_key))
        try:
            self._key = ec.derive_private_key(number, _CURVE)
        except (ValueError, TypeError) as error:
            raise Unusable("This is no private key.") from error

    @cached_property
    def public_key(self) -> str:
        """As apps show it to their push service."""
        return _encoded(_point_of(self._key.public_key()))

    def seal(
        self, message: bytes, recipient: Recipient, endpoint: str, contact: str, *, is_standard: bool
    ) -> Sealed:
        """The message for the recipient's endpoint; `contact` is an address for whoever runs the service.

        Not standard: as the draft had it.
        """
        proof = self._proof(endpoint, contact)
        if is_standard:
            headers = {
                "Authorization": f"vapid t={proof}, k={self.public_key}",
                "Content-Encoding": "aes128gcm",
            }
            return Sealed(sealed(message, recipient), headers)
        body, salt, point = _sealed_as_draft(message, recipient)
        headers = {
            "Authorization": f"WebPush {proof}",
            "Content-Encoding": "aesgcm",
            "Encryption": f"salt={_encoded(salt)}",
            "Crypto-Key": f"dh={_encoded(point)};p256ecdsa={self.public_key}",
        }
        return Sealed(body, headers)

    def _proof(self, endpoint: str, contact: str) -> str:
        """A token that holds at this service for some hours."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + _PROOF_SECONDS,
            "sub": contact,
        }
        head = orjson.dumps({"typ": "JWT", "alg": "ES256"})
        said = f"{_encoded(head)}.{_encoded(orjson.dumps(claims))}"
        one, other = decode_dss_signature(self._key.sign(said.encode(), ec.ECDSA(SHA256())))
        return f"{said}.{_encoded(one.to_bytes(32) + other.to_bytes(32))}"


def sealed(
    message: bytes, recipient: Recipient, *, key: ec.EllipticCurvePrivateKey | None = None, salt: bytes = b""
) -> bytes:
    """RFC 8291. Key and salt are new for each message; tests alone give them."""
    key, salt = key or ec.generate_private_key(_CURVE), salt or os.urandom(_SALT_BYTES)
    point = _point_of(key.public_key())
    shared = key.exchange(ec.ECDH(), recipient.key)
    material = _derived(shared, recipient.secret, b"WebPush: info\0" + recipient.point + point, 32)
    cipher = AESGCM(_derived(material, salt, b"Content-Encoding: aes128gcm\0", 16))
    nonce = _derived(material, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD_BYTES.to_bytes(4) + bytes([len(point)]) + point
    return head + cipher.encrypt(nonce, message + b"\x02", None)  # the last record, not padded


def _sealed_as_draft(message: bytes, recipient: Recipient) -> tuple[bytes, bytes, bytes]:
    """draft-ietf-webpush-encryption-04: the body, the salt and our point, which travel in headers."""
    key, salt = ec.generate_private_key(_CURVE), os.urandom(_SALT_BYTES)
    point = _point_of(key.public_key())
    shared = key.exchange(ec.ECDH(), recipient.key)
    material = _derived(shared, recipient.secret, b"Content-Encoding: auth\0", 32)
    both = b"".join(len(one).to_bytes(2) + one for one in (recipient.point, point))
    cipher = AESGCM(_derived(material, salt, b"Content-Encoding: aesgcm\0P-256\0" + both, 16))
    nonce = _derived(material, salt, b"Content-Encoding: nonce\0P-256\0" + both, 12)
    return cipher.encrypt(nonce, b"\0\0" + message, None), salt, point  # no padding


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)


def _point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """From either alphabet, padded or not. Raises Unusable."""
    plain = text.strip().replace("+", "-").replace("/", "_").rstrip("=")
    try:
        return urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
    except ValueError as error:
        raise Unusable("This is no base64.") from error
