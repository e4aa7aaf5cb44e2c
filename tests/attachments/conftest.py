"""Pictures as they are uploaded, and folders that a test can look into."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from accounts.models import User
from attachments.actions import upload
from attachments.models import Attachment
from tests.common import picture_files as files


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path) -> None:
    backend = "common.storage.local.LocalFiles"
    options = {"location": tmp_path / "private"}
    settings.STORAGES = {**settings.STORAGES, "originals": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture
def stored(tmp_path) -> Callable[[], list[Path]]:
    """Every file there is, public and private."""
    return lambda: sorted(path for path in tmp_path.rglob("*") if path.is_file())


@pytest.fixture
def opened(settings) -> Callable[[str], Image.Image]:
    """The picture behind a stored name."""

    def open_one(name: str) -> Image.Image:
        image = Image.open(Path(settings.MEDIA_ROOT) / name)
        image.load()
        return image

    return open_one


@pytest.fixture
def uploaded() -> Callable[..., Attachment]:
    def upload_one(owner: User, data: bytes | None = None, description: str = "") -> Attachment:
        return upload(owner, BytesIO(data or files.plain("PNG")), description)

    return upload_one
