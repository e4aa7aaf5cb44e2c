"""Tables and static files are made when something changed, and only then."""

import os

import pytest

from tests.serving import ROOT
from twitter_clone import preparing


@pytest.fixture
def static(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "common.storage.static.StaticFiles"},
    }
    return tmp_path / "static"


def test_static_files_are_collected_once(static):
    assert preparing.prepare_static_files()
    assert (static / "staticfiles.json").is_file()
    assert not preparing.prepare_static_files()


def test_what_pages_load_is_compressed_and_nothing_else(static):
    preparing.prepare_static_files()
    compressed = {path.relative_to(static).parts[0] for path in static.rglob("*.br")}
    assert compressed == {"web"}
    assert list(static.glob("admin/css/base.*.css"))
    assert list(static.glob("web/**/site.*.css.br"))


def test_they_are_collected_again_when_they_are_gone_or_half_done(static):
    preparing.prepare_static_files()
    (static / "staticfiles.json").unlink()
    assert preparing.prepare_static_files()


def test_a_change_of_any_source_is_noticed(monkeypatch, tmp_path):
    source = tmp_path / "style.css"
    source.write_text("a{}")
    monkeypatch.setattr(preparing, "ROOT", tmp_path)
    monkeypatch.setattr(preparing, "_sources", lambda: [source])
    before = preparing._fingerprint()
    assert preparing._fingerprint() == before
    os.utime(source, (1, 1))
    assert preparing._fingerprint() != before


def test_sources_are_those_of_our_apps_and_never_what_was_collected():
    folders = {path.relative_to(ROOT).parts[:2] for path in preparing._sources()}
    assert folders == {("web", "static"), ("web", "bundles.py"), ("api", "static")}


@pytest.mark.django_db
def test_tables_that_are_up_to_date_are_left_alone():
    assert not preparing.prepare_database()
