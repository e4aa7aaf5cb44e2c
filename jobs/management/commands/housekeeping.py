"""Tidy up now what the clock tidies up, or tell how much there is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs.housekeeping import Chore, chores, do, look, runs
from jobs.models import ChoreRun

_ROW = "{:<17} {:<78} {:>14}  {}"


class Command(BaseCommand):
    help = "Take away what is out of date and set counters right, as the clock does. Safe while in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell how much it would be")
        parser.add_argument("--only", metavar="NAME", action="append", help="this chore; repeat it for more")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = self._chosen(options["only"] or [])
        before = runs()
        is_dry = options["dry_run"]
        self.stdout.write(_ROW.format("NAME", "WHAT", "WOULD GO" if is_dry else "WENT", "LAST TIME"))
        total = 0
        for chore in chosen:
            count = look(chore.name) if is_dry else do(chore.name)
            total += count
            last = _last(before.get(chore.name))
            self.stdout.write(_ROW.format(chore.name, chore.what, f"{count:,}", last))
        self.stdout.write(f"{total:,} in all{', nothing was changed' if is_dry else ''}.")

    def _chosen(self, names: list[str]) -> list[Chore]:
        known = {chore.name: chore for chore in chores()}
        if unknown := [name for name in names if name not in known]:
            raise CommandError(f"There is no chore “{unknown[0]}”. There are: {', '.join(known)}.")
        return [known[name] for name in names] if names else list(known.values())


def _last(run: ChoreRun | None) -> str:
    return f"{run.done_at:%Y-%m-%d %H:%M} UTC: {run.went:,}" if run and run.done_at else "never"
