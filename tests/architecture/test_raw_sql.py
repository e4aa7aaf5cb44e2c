"""SQL written by hand reads where the router would; who takes a connection itself says why."""

import ast

from tests.architecture.house import modules, tree, where

# Module -> why it takes the connection of the primary, or all of them.
TAKES_A_CONNECTION = {
    "analytics/actions/beside.py": "closes what its thread leaves",
    "analytics/actions/views.py": "writes",
    "audit/actions.py": "whether a transaction is open",
    "common/lookups.py": "which database it is, never asked anything",
    "common/prepared.py": "chooses by the router, as a queryset does",
    "common/writing.py": "chooses by the router, as a queryset does",
    "common/replicas/middleware.py": "whether the replica is to blame",
    "common/replicas/routing.py": "chooses",
    "common/replicas/watch.py": "asks each how far it is",
    "common/watching/database.py": "times what others ask",
    "events/bus.py": "whether a transaction is open",
    "jobs/actions.py": "which database it is; jobs are taken and given back on the primary",
    "jobs/engines/beside.py": "closes what a thread leaves",
    "jobs/engines/celery.py": "closes what it hands on, and what a job leaves",
    "jobs/engines/embedded.py": "closes what a worker leaves",
    "jobs/queries.py": "jobs are on the primary",
    "jobs/limit.py": "closes what a thread leaves",
    "search/engines/__init__.py": "which database it is; locks what is about to be indexed",
    "server/actions/checkup.py": "closes what a thread leaves",
    "server/checks/databases.py": "asks how the server is set up",
    "timelines/fanout.py": "writes",
    "tweets/actions/like.py": "how the database writes moments",
    "timelines/gathering.py": "writes",
    "timelines/newest.py": "which database it is",
    "timelines/tags.py": "writes",
    "timelines/wanted.py": "how the database writes moments",
    "twitter_clone/checks.py": "asks how the server is set up",
    "twitter_clone/management/commands/migrate.py": "changes tables",
    "twitter_clone/crowd/bulk.py": "fills a database that is made to be measured",
    "twitter_clone/crowd/homes.py": "fills a database that is made to be measured",
    "twitter_clone/crowd/people.py": "fills a database that is made to be measured",
    "twitter_clone/crowd/sizes.py": "measures a database that is made for it",
    "twitter_clone/crowd/words.py": "fills a database that is made to be measured",
    "jobs/lease.py": "every job needs these four statements, see there",
    "common/turns.py": "asks which database it is",
    "twitter_clone/preparing.py": "makes tables",
    "web/views/health.py": "asks whether the primary answers",
}

ASKS_BY_HAND = {
    *("timelines/fanout.py", "timelines/gathering.py", "timelines/tags.py"),  # what is read here is written
    *(f"twitter_clone/crowd/{name}.py" for name in ("bulk", "homes", "people", "sizes", "words")),
    "search/engines/__init__.py",  # locks what is about to be indexed
    *("common/replicas/watch.py", "web/views/health.py", "twitter_clone/management/commands/migrate.py"),
    *("server/checks/databases.py", "jobs/queries.py", "analytics/actions/views.py"),
    "twitter_clone/tables.py",
}


def test_connections_are_taken_for_a_reason():
    found = {
        where(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "django.db"
        and {"connection", "connections"} & {name.name for name in node.names}
    }

    assert found - set(TAKES_A_CONNECTION) == set(), "use common.replicas.routing.reading_connection to read"
    assert set(TAKES_A_CONNECTION) <= found, "an excuse is no longer needed: remove it"


def test_only_what_writes_asks_the_primary_by_hand():
    asking = {
        where(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "connection.cursor"
    }

    assert asking == ASKS_BY_HAND
