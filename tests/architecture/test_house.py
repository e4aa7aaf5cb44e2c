"""Habits of the house: no signals, imports at the top, small files that say what they are for."""

import ast
import re

import pytest

from tests.architecture.house import APPS, ROOT, files, modules, tree, where

MOST_LINES = 300
# File -> why it may be longer.
LONG_FILES = {
    "events/catalogue.py": "one list of everything that can happen, a few lines for each",
}
# File -> why it imports inside a function.
LATE_IMPORTS = {
    "twitter_clone/apps.py": "the switchboard needs the models of all apps, loaded only when ready() runs",
}
VAGUE_NAMES = {"utils", "util", "helpers", "services", "managers", "misc", "base_classes"}
# Spelled in two parts, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wor" + r"k|far" + r"m|ro" + r"ot|home/\w+)/")
REGISTRIES = re.compile(
    r"pypi\." + r"org|pythonhosted\." + r"org|registry\.npm" + r"js|//reg" + r"istry\.|index-" + r"url\s*="
)
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".json",
    ".yaml",
    ".yml",
    ".ini",
    ".sh",
    ".svg",
    "",
}


def every_module():
    beside = (path for folder in ("bench", "tests") for path in files(ROOT / folder) if path.suffix == ".py")
    return [*modules(), *beside]


def test_no_django_signals():
    assert [
        where(path, node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and re.search(r"(^|\.)(signals|dispatch)$", node.module or "")
    ] == []


def test_imports_stand_at_the_top():
    found = {
        str(path.relative_to(ROOT)): where(path, inner)
        for path in modules()
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }

    assert [place for name, place in found.items() if name not in LATE_IMPORTS] == []
    assert set(LATE_IMPORTS) <= set(found), "an excuse is no longer needed: remove it"


def test_files_stay_under_300_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in every_module()
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }

    assert {name: lines for name, lines in long.items() if name not in LONG_FILES} == {}
    assert set(LONG_FILES) <= set(long), "an excuse is no longer needed: remove it"


def test_modules_have_names_that_say_something():
    assert [where(path) for path in every_module() if {path.stem, path.parent.name} & VAGUE_NAMES] == []


def test_every_module_opens_with_a_line_on_what_it_is_for():
    assert [
        where(path)
        for path in every_module()
        if (module := tree(path)).body and not ast.get_docstring(module)
    ] == []


def test_doors_and_core_never_print():
    """What people should read goes through the page, the log or a command's own output."""
    assert [
        where(path, node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and "commands" not in path.parts
        and path.name != "serve.py"
    ] == []


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRIES], ids=["machine paths", "package registries"])
def test_nothing_points_at_one_machine_or_registry(pattern):
    assert [
        f"{where(path)}: {found.group()}"
        for path in files()
        if path.suffix in TEXT and (found := pattern.search(path.read_text(errors="replace")))
    ] == []


def test_every_app_has_a_folder_of_tests():
    assert [
        app for app in APPS if app != "twitter_clone" and not any((ROOT / "tests" / app).glob("test_*.py"))
    ] == []
