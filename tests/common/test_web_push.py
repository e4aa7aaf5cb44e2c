"""Messages for one device alone: the example of RFC 8291, both ways to seal, and the proof who sends."""

import json

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from common.web_push import MOST_BYTES, Recipient, Sender, Unusable, sealed
from tests.common.devices import CURVE, Device, decoded, encoded

KEY = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
ENDPOINT = "https://push.example.net:8443/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"


def recipient(device):
    return Recipient(device.keys["p256dh"], device.keys["auth"])


def test_the_example_of_the_rfc():
    device = Device(KEY, "BTBZMqHH6r4Tts7J_aSIgg")
    number = int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    body = sealed(
        b"When I grow up, I want to be a watermelon",
        recipient(device),
        key=ec.derive_private_key(number, CURVE),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
        "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize("is_standard", [True, False])
def test_a_device_opens_what_is_sealed_for_it_and_no_other_does(is_standard):
    device, message = Device(), "Grüße 🍵".encode() * 100
    one, other = (
        Sender(KEY).seal(message, recipient(device), ENDPOINT, "https://a.example", is_standard=is_standard)
        for _ in range(2)
    )

    assert device.open(one.body, one.headers) == device.open(other.body, other.headers) == message
    assert one.body != other.body  # keys and salt are new each time
    with pytest.raises(InvalidTag):
        Device().open(one.body, one.headers)


def test_the_longest_message_fits_what_services_take():
    device = Device()
    body = sealed(b"x" * MOST_BYTES, recipient(device))

    assert len(body) <= 4096


@pytest.mark.parametrize("is_standard", [True, False])
def test_the_proof_is_for_one_service_and_some_hours(is_standard, time_machine):
    time_machine.move_to(1_800_000_000)
    sender = Sender(KEY)
    headers = sender.seal(
        b"x", recipient(Device()), ENDPOINT, "https://chirp.example", is_standard=is_standard
    ).headers
    if is_standard:
        proof, shown = headers["Authorization"].removeprefix("vapid t=").split(", k=")
    else:
        proof = headers["Authorization"].removeprefix("WebPush ")
        shown = headers["Crypto-Key"].partition(";p256ecdsa=")[2]
    head, claims, signature = proof.split(".")
    point = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(shown))

    def check(said):
        one, other = decoded(signature)[:32], decoded(signature)[32:]
        signed = encode_dss_signature(int.from_bytes(one), int.from_bytes(other))
        point.verify(signed, said.encode(), ec.ECDSA(SHA256()))

    assert shown == sender.public_key
    check(f"{head}.{claims}")
    with pytest.raises(InvalidSignature):
        check(f"{head}.x{claims}")
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(decoded(claims)) == {
        "aud": "https://push.example.net:8443",
        "exp": 1_800_000_000 + 12 * 3600,
        "sub": "https://chirp.example",
    }


def test_keys_may_be_written_in_either_alphabet():
    keys = Device().keys
    Recipient(keys["p256dh"].replace("-", "+").replace("_", "/") + "=", keys["auth"] + "==")


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("", ""),
        ("!", "!"),
        (Device().keys["p256dh"], "c2hvcnQ"),
        (encoded(b"\4" + b"\1" * 64), Device().keys["auth"]),  # no point of the curve
        (encoded(b"\0" * 65), Device().keys["auth"]),
        (Device().keys["p256dh"][:40], Device().keys["auth"]),
        ("ключ", Device().keys["auth"]),
    ],
    ids=["nothing", "no letters", "a short secret", "no point", "no key", "half a key", "other letters"],
)
def test_what_is_no_key_is_refused(key, secret):
    with pytest.raises(Unusable):
        Recipient(key, secret)


@pytest.mark.parametrize("key", ["", "short", encoded(b"\0" * 32), encoded(b"\xff" * 32)])
def test_what_is_no_private_key_is_refused(key):
    with pytest.raises(Unusable):
        Sender(key)
