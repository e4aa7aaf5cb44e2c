"""Pictures as they are uploaded, cards as they are fetched, and folders that a test can look into."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from accounts.models import User
from attachments.actions import note_link, upload
from attachments.link_cards import fetch_link_card
from attachments.models import Attachment, LinkCard
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


@pytest.fixture
def card_of(elsewhere) -> Callable[..., LinkCard]:
    """The card of a page on that other server, asked for just now."""

    def make(path: str = "/") -> LinkCard:
        card = note_link(elsewhere.url(path))
        LinkCard.objects.filter(pk=card.pk).update(fetch_at=timezone.now())
        fetch_link_card(card.id)
        card.refresh_from_db()
        return card

    return make
