"""A telephone with an app: keys of its own, and the art of opening what was sealed for it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    def __init__(self, private_key: str = "", secret: str = "") -> None:
        known = int.from_bytes(decoded(private_key)) if private_key else None
        self._key = ec.derive_private_key(known, CURVE) if known else ec.generate_private_key(CURVE)
        self._secret = decoded(secret) if secret else b"sixteen bytes !!"
        self._point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def keys(self) -> dict[str, str]:
        """What it shows to the server."""
        return {"p256dh": encoded(self._point), "auth": encoded(self._secret)}

    def open(self, body: bytes, headers) -> bytes:
        """What was sealed, in whichever of both ways the headers say."""
        if headers["Content-Encoding"] == "aes128gcm":
            return self._open(body)
        salt = decoded(headers["Encryption"].removeprefix("salt="))
        point = decoded(headers["Crypto-Key"].partition(";")[0].removeprefix("dh="))
        material = _derived(self._shared(point), self._secret, b"Content-Encoding: auth\0", 32)
        both = b"P-256\0\0\x41" + self._point + b"\0\x41" + point
        plain = self._decrypted(body, material, salt, b"aesgcm\0" + both, b"nonce\0" + both)
        return plain[2 + int.from_bytes(plain[:2]) :]

    def _open(self, body: bytes) -> bytes:
        salt, size, point, rest = body[:16], int.from_bytes(body[16:20]), body[21:86], body[86:]
        assert body[20] == 65
        assert len(rest) <= size == 4096
        info = b"WebPush: info\0" + self._point + point
        material = _derived(self._shared(point), self._secret, info, 32)
        plain = self._decrypted(rest, material, salt, b"aes128gcm\0", b"nonce\0").rstrip(b"\0")
        assert plain.endswith(b"\x02")
        return plain[:-1]

    def _shared(self, point: bytes) -> bytes:
        return self._key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))

    def _decrypted(self, body: bytes, material: bytes, salt: bytes, key: bytes, nonce: bytes) -> bytes:
        cipher = AESGCM(_derived(material, salt, b"Content-Encoding: " + key, 16))
        return cipher.decrypt(_derived(material, salt, b"Content-Encoding: " + nonce, 12), body, None)


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)
