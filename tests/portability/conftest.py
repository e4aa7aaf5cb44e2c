"""A private storage of each test's own."""

import pytest


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    """Where archives lie."""
    local = {"BACKEND": "common.storage.local.LocalFiles", "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "originals": local}
    return tmp_path / "private"
