"""Cloudinary and S3, each against a small server that speaks its HTTP and checks its signatures."""

import socket

import pytest
from django.core.files.base import ContentFile

from common.storage import NotStored
from common.storage.cloudinary import CloudinaryFiles
from common.storage.s3 import S3Files
from tests.common.fake_clouds import BUCKET, CLOUD, KEY, SECRET, CloudinaryHandler, S3Handler, running

NAME = "pictures/ab/abcdef-thumb.webp"


@pytest.fixture
def cloudinary():
    with running(CloudinaryHandler) as cloud:
        yield cloud


@pytest.fixture
def s3():
    with running(S3Handler) as cloud:
        yield cloud


def cloudinary_files(url: str, secret: str = SECRET, *, private: bool = False) -> CloudinaryFiles:
    return CloudinaryFiles(CLOUD, KEY, secret, private=private, api_url=url)


def s3_files(url: str, key: str = KEY, **options: object) -> S3Files:
    return S3Files(
        bucket_name=BUCKET,
        access_key=key,
        secret_key=SECRET,
        endpoint_url=url,
        region_name="eu-central-1",
        addressing_style="path",
        **options,
    )


def closed_port() -> str:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{unused.getsockname()[1]}"


def test_cloudinary_keeps_a_picture_under_our_name(cloudinary):
    files = cloudinary_files(cloudinary.url)
    assert files.save(NAME, ContentFile(b"pixels")) == NAME
    stored = cloudinary.files["image/upload/pictures/ab/abcdef-thumb"]
    assert stored.content == b"pixels"
    assert stored.facts["overwrite"] in {"1", "true", "True"}
    assert cloudinary.requests == ["POST /v1_1/trial/image/upload"]


def test_cloudinary_addresses_cost_no_request(cloudinary, settings):
    settings.MEDIA_URL = "https://res.cloudinary.com/trial/image/upload/v1/"
    files = cloudinary_files(cloudinary.url)
    assert files.url(NAME) == f"https://res.cloudinary.com/trial/image/upload/v1/{NAME}"
    assert not files.exists(NAME)
    assert cloudinary.requests == []


def test_cloudinary_removes_a_picture_and_removing_twice_is_harmless(cloudinary):
    files = cloudinary_files(cloudinary.url)
    files.save(NAME, ContentFile(b"pixels"))
    files.delete(NAME)
    files.delete(NAME)
    assert cloudinary.files == {}


def test_cloudinary_originals_are_private_and_come_back_as_they_were(cloudinary):
    files = cloudinary_files(cloudinary.url, private=True)
    files.save("originals/ab/abc", ContentFile(b"\xff\xd8 with a location \r\n\0"))
    assert list(cloudinary.files) == ["raw/private/originals/ab/abc"]
    assert files.open("originals/ab/abc").read() == b"\xff\xd8 with a location \r\n\0"
    with pytest.raises(FileNotFoundError):
        files.open("originals/ab/other")
    files.delete("originals/ab/abc")
    assert cloudinary.files == {}


def test_cloudinary_refusals_and_silence_become_one_sentence(cloudinary):
    for files in (cloudinary_files(cloudinary.url, "wrong"), cloudinary_files(closed_port())):
        with pytest.raises(NotStored, match="does not answer"):
            files.save(NAME, ContentFile(b"pixels"))
        with pytest.raises(NotStored, match="does not answer"):
            files.delete(NAME)
    cloudinary.broken = True
    with pytest.raises(NotStored, match="does not answer"):
        cloudinary_files(cloudinary.url).save(NAME, ContentFile(b"pixels"))
    assert cloudinary.files == {}


def test_cloudinary_that_refuses_to_hand_out_a_file_says_so(cloudinary):
    files = cloudinary_files(cloudinary.url, "wrong", private=True)
    with pytest.raises(OSError, match="answered 401"):
        files.open("originals/ab/abc")


def test_s3_keeps_a_picture_with_our_type_for_ever(s3):
    s3_files(s3.url).save(NAME, ContentFile(b"pixels"))
    stored = s3.files[NAME]
    assert stored.content == b"pixels"
    assert stored.facts["content-type"] == "image/webp"
    assert stored.facts["cache-control"] == "public, max-age=31536000, immutable"
    assert "x-amz-acl" not in stored.facts
    assert [request.split()[0] for request in s3.requests] == ["PUT"]


def test_s3_says_who_may_read_when_the_bucket_wants_that(s3):
    s3_files(s3.url, default_acl="public-read").save(NAME, ContentFile(b"pixels"))
    assert s3.files[NAME].facts["x-amz-acl"] == "public-read"


def test_s3_addresses_cost_no_request(s3, settings):
    settings.MEDIA_URL = "https://pictures.example.org/"
    assert s3_files(s3.url).url(NAME) == f"https://pictures.example.org/{NAME}"
    assert s3.requests == []


def test_s3_gives_back_what_it_got_and_forgets_what_it_shall(s3):
    files = s3_files(s3.url)
    files.save("originals/ab/abc", ContentFile(b"\xff\xd8 with a location \r\n\0"))
    with files.open("originals/ab/abc") as file:
        assert file.read() == b"\xff\xd8 with a location \r\n\0"
    files.delete("originals/ab/abc")
    files.delete("originals/ab/abc")
    assert s3.files == {}
    with pytest.raises(FileNotFoundError):
        files.open("originals/ab/abc").read()


def test_s3_storing_a_name_again_replaces_it(s3):
    files = s3_files(s3.url)
    for content in (b"first", b"second"):
        assert files.save(NAME, ContentFile(content)) == NAME
    assert s3.files[NAME].content == b"second"


def test_s3_refusals_and_silence_become_one_sentence(s3):
    for files in (s3_files(s3.url, "wrong"), s3_files(closed_port())):
        with pytest.raises(NotStored, match="does not answer"):
            files.save(NAME, ContentFile(b"pixels"))
        with pytest.raises(NotStored, match="does not answer"):
            files.delete(NAME)
    s3.broken = True
    with pytest.raises(NotStored, match="does not answer"):
        s3_files(s3.url).save(NAME, ContentFile(b"pixels"))
    assert s3.files == {}
