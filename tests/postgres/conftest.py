"""One server with tables and people, of which every file of tests has a copy of its own."""

from collections.abc import Iterator

import pytest

from tests.postgres.servers import Server
from tests.postgres.sites import Site


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory) -> Iterator[tuple[Server, Site]]:
    server = Server().make()
    site = Site(tmp_path_factory.mktemp("site"), DATABASE_URL=server.url)
    site.prepare(["alice", "bob", "carol", "eve"])
    yield server, site
    server.remove()


@pytest.fixture(scope="module")
def server(_prepared) -> Server:
    server, _ = _prepared
    server.begin_anew()
    return server


@pytest.fixture(scope="module")
def site_on(_prepared, server) -> Iterator:
    """The site on these databases, with the people of the cast."""
    _, first = _prepared
    sites = []

    def make(**variables: str) -> Site:
        sites.append(first.elsewhere(**variables))
        return sites[-1]

    yield make
    for site in sites:
        site.close()
