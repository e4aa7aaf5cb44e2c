"""The plan of the house as the machine reads it: our apps, their floors, their files."""

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PLAN = configparser.ConfigParser()
_PLAN.read(ROOT / ".importlinter")

# Apps that stand, without those in brackets, which are still to come.
APPS = _PLAN["importlinter"]["root_packages"].split()
# From the roof down; apps of one floor are in one list.
FLOORS = [
    [name for name in re.split(r"[\s|]+", line.strip()) if not name.startswith("(")]
    for line in _PLAN["importlinter:contract:floors"]["layers"].strip().splitlines()
]
FLOORS = [floor for floor in FLOORS if any(floor)]

_NOT_OURS = {
    ".git", ".venv", "data", "node_modules", "__pycache__", "staticfiles", "test-results", "vendor",
    ".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache",
}  # fmt: skip


def height(app: str) -> int:
    """0 is the ground floor. Raises StopIteration for an app that stands on no floor."""
    return next(len(FLOORS) - place for place, floor in enumerate(FLOORS, 1) if app in floor)


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that is ours, without what tools leave behind and what others wrote."""
    for path in sorted(folder.iterdir()):
        if path.name in _NOT_OURS:
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def modules(*apps: str, migrations: bool = False) -> list[Path]:
    """Python files of these apps, or of all; without migrations, which Django writes."""
    return [
        path
        for app in apps or APPS
        for path in files(ROOT / app)
        if path.suffix == ".py" and (migrations or "migrations" not in path.parts)
    ]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def where(path: Path, node: ast.AST | None = None) -> str:
    """The place as an editor understands it."""
    name = str(path.relative_to(ROOT))
    return f"{name}:{node.lineno}" if node is not None else name
