"""The whole way of a picture when files are kept at Cloudinary or in S3."""

from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError

from attachments import actions
from attachments.models import Attachment
from attachments.queries import small_view
from common.storage import NotStored
from tests.common import picture_files as files
from tests.common.fake_clouds import BUCKET, CLOUD, KEY, SECRET, Cloud, CloudinaryHandler, S3Handler, running


@pytest.fixture(params=["cloudinary", "s3"])
def cloud(request, settings) -> Iterator[Cloud]:
    handler = {"cloudinary": CloudinaryHandler, "s3": S3Handler}[request.param]
    with running(handler) as cloud:
        settings.MEDIA_URL = "https://pictures.example.org/"
        settings.STORAGES = {**settings.STORAGES, **_storages(request.param, cloud.url)}
        yield cloud


def _storages(kind: str, url: str) -> dict[str, dict[str, object]]:
    if kind == "cloudinary":
        backend = "common.storage.cloudinary.CloudinaryFiles"
        options = {"cloud_name": CLOUD, "api_key": KEY, "api_secret": SECRET, "api_url": url}
        private = {**options, "private": True}
    else:
        backend = "common.storage.s3.S3Files"
        options = {"bucket_name": BUCKET, "access_key": KEY, "secret_key": SECRET, "endpoint_url": url}
        options |= {"region_name": "eu-central-1", "addressing_style": "path"}
        private = options
    return {
        "default": {"BACKEND": backend, "OPTIONS": options},
        "originals": {"BACKEND": backend, "OPTIONS": private},
    }


def test_a_picture_comes_is_drawn_and_goes(alice, uploaded, cloud, events_happen, stored):
    attachment = uploaded(alice, files.with_secrets("JPEG"))
    assert len(cloud.files) == 2
    assert [name for name, kept in cloud.files.items() if files.SECRET in kept.content] == [
        name for name in cloud.files if attachment.original in name
    ]
    actions.process(attachment)
    attachment.refresh_from_db()
    assert attachment.state == "ready"
    assert len(cloud.files) == 5
    assert not [name for name, kept in cloud.files.items() if files.SECRET in kept.content]
    assert attachment.url == f"https://pictures.example.org/{attachment.card}"
    with events_happen():
        actions.discard([attachment])
    assert cloud.files == {}
    assert stored() == []


def test_pictures_go_out_of_sight_and_come_back(alice, uploaded, cloud, settings, events_happen):
    """Under the private names nobody but this server reads."""
    settings.MEDIA_URL = f"{cloud.url}/{CLOUD}/image/upload/v1/"
    attachment = uploaded(alice, files.with_secrets("JPEG"))
    actions.process(attachment)
    attachment.refresh_from_db()
    public = {name: kept.content for name, kept in cloud.files.items()}
    assert len(public) == 5
    for _ in range(2):
        actions.withhold_pictures([attachment])
    assert not set(public) & set(cloud.files)
    assert sorted(kept.content for kept in cloud.files.values()) == sorted(public.values())
    assert all("withheld/pictures/" in name for name in cloud.files)
    assert small_view(attachment) in public.values()
    for _ in range(2):
        actions.show_pictures([attachment])
    assert {name: kept.content for name, kept in cloud.files.items()} == public
    actions.withhold_pictures([attachment])
    with events_happen():
        actions.discard([attachment])
    assert cloud.files == {}


def test_a_broken_cloud_leaves_no_picture_behind(alice, uploaded, cloud):
    cloud.broken = True
    with pytest.raises(NotStored, match="does not answer"):
        uploaded(alice)
    assert not Attachment.objects.exists()
    assert cloud.files == {}


def test_a_cloud_that_breaks_while_drawing_is_asked_again(alice, uploaded, cloud):
    attachment = uploaded(alice)
    cloud.broken = True
    with pytest.raises((NotStored, OSError, ClientError)):  # and not taken for a broken picture
        actions.process(attachment)
    attachment.refresh_from_db()
    assert attachment.state == "processing"
    cloud.broken = False
    actions.process(attachment)
    attachment.refresh_from_db()
    assert attachment.state == "ready"
