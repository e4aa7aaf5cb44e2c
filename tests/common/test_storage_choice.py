"""Which variables choose which storage, and what the browser is told about it."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from twitter_clone.settings import files

DATA = Path("data")
CLOUDINARY = {
    "CLOUDINARY_CLOUD_NAME": "trial",
    "CLOUDINARY_API_KEY": "a-key",
    "CLOUDINARY_API_SECRET": "a-secret",
}
S3 = {"AWS_STORAGE_BUCKET_NAME": "bucket", "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"}


@pytest.fixture
def environment(monkeypatch):
    for name in (
        *CLOUDINARY,
        *S3,
        "AWS_S3_ENDPOINT_URL",
        "AWS_S3_REGION_NAME",
        "AWS_S3_CUSTOM_DOMAIN",
        "AWS_DEFAULT_ACL",
    ):
        monkeypatch.delenv(name, raising=False)

    def chosen(**variables: str) -> files.Files:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return files.choose(DATA)

    return chosen


def test_without_variables_files_are_in_folders_and_originals_apart(environment):
    chosen = environment()
    assert (chosen.url, chosen.origins) == ("/media/", [])
    assert chosen.public["BACKEND"] == "common.storage.local.LocalFiles"
    assert chosen.originals["OPTIONS"]["location"] == DATA / "private"


def test_cloudinary(environment):
    chosen = environment(**CLOUDINARY)
    assert chosen.url == "https://res.cloudinary.com/trial/image/upload/v1/"
    assert chosen.origins == ["https://res.cloudinary.com"]
    assert "private" not in chosen.public["OPTIONS"]
    assert chosen.originals["OPTIONS"]["private"] is True


@pytest.mark.parametrize("missing", ["CLOUDINARY_API_KEY", "CLOUDINARY_API_SECRET"])
def test_half_a_cloudinary_stops_the_start(environment, missing):
    with pytest.raises(ImproperlyConfigured, match="missing"):
        environment(**{name: value for name, value in CLOUDINARY.items() if name != missing})


def test_two_places_stop_the_start(environment):
    with pytest.raises(ImproperlyConfigured, match="both set"):
        environment(**CLOUDINARY, **S3)


@pytest.mark.parametrize(
    ("variables", "url"),
    [
        ({}, "https://bucket.s3.amazonaws.com/"),
        ({"AWS_S3_REGION_NAME": "eu-central-1"}, "https://bucket.s3.eu-central-1.amazonaws.com/"),
        ({"AWS_S3_ENDPOINT_URL": "https://minio.example.org/"}, "https://minio.example.org/bucket/"),
        ({"AWS_S3_CUSTOM_DOMAIN": "pictures.example.org"}, "https://pictures.example.org/"),
    ],
)
def test_s3(environment, variables, url):
    chosen = environment(**S3, **variables)
    assert chosen.url == url
    assert chosen.origins == [url.removesuffix("/bucket/").removesuffix("/")]


def test_s3_originals_never_carry_the_public_permission(environment):
    chosen = environment(**S3, AWS_DEFAULT_ACL="public-read")
    assert chosen.public["OPTIONS"]["default_acl"] == "public-read"
    assert "default_acl" not in chosen.originals["OPTIONS"]
