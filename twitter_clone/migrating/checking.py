"""Walking through all our migrations in their order, and asking of each what it would do to a site in use."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

from twitter_clone.local import ROOT
from twitter_clone.migrating.rules import Step, troubles


@dataclass(frozen=True, slots=True)
class Trouble:
    """`migration` is its full name, `operation` what Django says of it."""

    migration: str
    operation: str
    reason: str

    def __str__(self) -> str:
        return f"{self.migration}: {self.operation}: {self.reason}."


def find_troubles(excuses: Mapping[str, str]) -> tuple[list[Trouble], list[str]]:
    """What is not excused, and the excuses that nothing needs."""
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    found = list(_walk(loader, ours))
    needed = {trouble.migration for trouble in found}
    return [trouble for trouble in found if trouble.migration not in excuses], sorted(set(excuses) - needed)


def _walk(loader: MigrationLoader, ours: set[str]) -> Iterator[Trouble]:
    state = ProjectState(real_apps=loader.unmigrated_apps)
    for migration in _in_order(loader):
        for trouble in _of_one(migration, state):
            if migration.app_label in ours:
                yield trouble


def _of_one(migration: Migration, state: ProjectState) -> Iterator[Trouble]:
    """Moves the state on as it goes."""
    made_here: set[str] = set()
    for operation in migration.operations:
        for reason in troubles(Step(migration, operation, state, frozenset(made_here))):
            yield Trouble(str(migration), operation.describe(), reason)
        if isinstance(operation, CreateModel):
            made_here.add(f"{migration.app_label}.{operation.name_lower}")
        operation.state_forwards(migration.app_label, state)


def _in_order(loader: MigrationLoader) -> Iterator[Migration]:
    seen = set()
    for leaf in loader.graph.leaf_nodes():
        for node in loader.graph.forwards_plan(leaf):
            if node not in seen:
                seen.add(node)
                yield loader.graph.nodes[node]
