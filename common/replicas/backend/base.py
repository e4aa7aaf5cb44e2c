"""PostgreSQL as Django has it, and each line that is opened is known."""

from typing import Any

from django.db.backends.postgresql import base

from common.replicas.lines import note


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection to a replica."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        line = super().get_new_connection(conn_params)
        note(self.alias, line)
        return line
