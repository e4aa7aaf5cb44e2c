"""The papers tell the truth: links lead somewhere, and files that are named exist."""

import re

import pytest

from tests.architecture.house import ROOT, files

PAPERS = [path for path in files(ROOT) if path.suffix == ".md"]
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
NAMED = re.compile(r"`([\w.]+(?:/[\w.]+)+/?)`")


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("paper", PAPERS, ids=name)
def test_links_lead_to_files(paper):
    assert [
        target for target in LINK.findall(paper.read_text()) if not (paper.parent / target).exists()
    ] == []


@pytest.mark.parametrize("paper", ["docs/adding-a-feature.md", "docs/contributing.md", "README.md"])
def test_files_that_are_named_exist(paper):
    named = NAMED.findall((ROOT / paper).read_text())

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_feature_walk_quotes_code_that_stands():
    """Each quoted line of Python is found in some file of ours, so the walk ages with the code."""
    walk = (ROOT / "docs" / "adding-a-feature.md").read_text()
    quoted = [
        line.strip()
        for block in re.findall(r"```python\n(.*?)```", walk, re.DOTALL)
        for line in block.splitlines()
        if line.strip()
    ]
    code = {
        line.strip() for path in files(ROOT) if path.suffix == ".py" for line in path.read_text().splitlines()
    }

    assert quoted
    assert [line for line in quoted if line not in code] == []


def test_tree_of_the_house_names_files_that_stand():
    """In docs/architecture.md: every Python file of the tree is in the folder it is listed under."""
    tree = re.search(r"## 8\. Tree.*?```\n(.*?)```", (ROOT / "docs/architecture.md").read_text(), re.DOTALL)[
        1
    ]
    folder, missing = "", []
    for line in tree.splitlines():
        if not line.startswith(" ") and (opened := re.match(r"(\w+)/", line)):
            folder = opened[1]
        listed = re.split(r"\s{3,}", line.strip())[0] if line.startswith(" ") else ""
        missing += [
            f"{folder}/…{name}" for name in re.findall(r"[\w/]+\.py", listed) if not stands(folder, name)
        ]

    assert folder == "tests", "the tree is read to its end"
    assert missing == []


def stands(folder, ending):
    return any(f"/{name(path)}".endswith(f"/{ending}") for path in files(ROOT / folder))
