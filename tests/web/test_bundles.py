"""One style and one script per page, within their budgets, and the vendored files as they were fetched."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from web import bundles
from web.bundles import BUNDLES, HTMX, SCRIPTS, SOURCE, STYLES, BundleFinder
from web.templatetags.interface import scripts, styles

VENDOR = SOURCE / "web" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())["files"]


def packed(paths):
    return len(gzip.compress("\n".join((SOURCE / path).read_text() for path in paths).encode()))


def test_all_styles_together_stay_under_40_kilobytes():
    assert packed(STYLES) < 40 * 1024


def test_all_scripts_together_stay_under_50_kilobytes():
    assert packed((HTMX, *SCRIPTS)) < 50 * 1024


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_vendored_file_is_what_the_manifest_says(entry):
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_manifest_names_every_vendored_file_with_its_licence():
    files = {path.name for path in VENDOR.iterdir()} - {"manifest.json"}
    licensed = {entry["name"] for entry in MANIFEST if "LICENSE" in entry["file"]}

    assert files == {entry["file"] for entry in MANIFEST}
    assert licensed == {entry["name"] for entry in MANIFEST}


def test_every_style_and_script_is_part_of_a_page():
    styles_there = {f"web/css/{path.name}" for path in (SOURCE / "web" / "css").iterdir()}
    scripts_there = {f"web/js/{path.name}" for path in (SOURCE / "web" / "js").iterdir()}

    # That of the panel of queries stands on pages of development alone.
    assert styles_there == set(STYLES) - {"web/vendor/bootstrap.css"} | {"web/css/queries.css"}
    assert scripts_there == set(SCRIPTS)


@pytest.mark.parametrize("path", BUNDLES)
def test_bundle_is_its_parts_in_order(path):
    joined = Path(finders.find(path)).read_text()

    parts = [(SOURCE / part).read_text() for part in BUNDLES[path]]
    places = [joined.find(part.replace('url("../', 'url("')) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_finder_leaves_other_files_to_others():
    assert BundleFinder().find("web/icons.svg") == []
    assert finders.find("web/icons.svg") == str(SOURCE / "web" / "icons.svg")


def test_finder_lists_the_bundles_for_collecting():
    listed = dict(BundleFinder().list([]))

    assert set(listed) == set(BUNDLES)
    with listed["web/site.js"].open("web/site.js") as file:
        assert (SOURCE / SCRIPTS[-1]).read_bytes() in file.read()


def test_a_file_named_by_a_part_is_found_from_the_bundle_too():
    named = {
        part: re.findall(r'url\("(.+?)"\)', (SOURCE / part).read_text()) for part in STYLES if "/css/" in part
    }
    joined = re.findall(r'url\("(\w.+?)"\)', Path(finders.find("web/site.css")).read_text())

    assert named["web/css/actions.css"] == ["../signs.svg"]
    assert all((SOURCE / part).parent.joinpath(file).is_file() for part in named for file in named[part])
    assert all((SOURCE / "web" / file).is_file() for file in joined if not file.startswith("data:"))
    assert "signs.svg" in joined


def test_a_changed_part_is_joined_anew(tmp_path, monkeypatch):
    (tmp_path / "a.css").write_text("a {}")
    (tmp_path / "b.css").write_text("b {}")
    monkeypatch.setattr(bundles, "SOURCE", tmp_path)
    monkeypatch.setitem(bundles.BUNDLES, "web/test.css", ("a.css", "b.css"))
    first = Path(BundleFinder().find("web/test.css")).read_text()

    (tmp_path / "b.css").write_text("b { color: red }")

    assert first == "a {}\nb {}"
    assert Path(BundleFinder().find("web/test.css")).read_text() == "a {}\nb { color: red }"


def test_page_loads_one_style_htmx_and_one_script():
    assert re.findall('href="([^"]+)"', styles()) == [staticfiles_storage.url("web/site.css")]
    assert re.findall('src="([^"]+)"', scripts()) == [
        staticfiles_storage.url(HTMX),
        staticfiles_storage.url("web/site.js"),
    ]


def test_while_debugging_the_parts_are_loaded_one_by_one(settings):
    settings.DEBUG = True

    assert styles().count("<link") == len(STYLES)
    assert scripts().count("<script") == len(SCRIPTS) + 1


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS])
def test_parts_need_nothing_the_content_policy_refuses(path):
    text = (SOURCE / path).read_text()

    assert (
        re.findall(
            r"\beval\(|\bnew Function\b|\burl\((?!\"\.\./\w+\.svg\"\))|@import|\bhttps?://(?!getb|github)[a-z]",
            text,
        )
        == []
    )
