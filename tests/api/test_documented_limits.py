"""How many come in a list, and how many at most: as the public description says."""

import importlib
import pkgutil
import re

import pytest

from api import paging, views
from tests.api import household
from tests.api.calls import alike, parts_of, query_of
from tests.api.public import operations

pytestmark = pytest.mark.django_db

_SAID = re.compile(r"Defaults to (\d+).*?(?:Max (\d+)|$)", re.DOTALL)
# Operation -> why it is otherwise.
OTHERWISE = {
    "GET /api/v1/accounts/{id}/collections": "there are none",
    "GET /api/v1/accounts/{id}/in_collections": "there are none",
}


@pytest.fixture
def limits(monkeypatch):
    """What `limit_of` found out, in order."""
    found = []
    limit_of = paging.limit_of

    def noted(*asked):
        found.append(limit_of(*asked))
        return found[-1]

    names = [f"api.views.{one.name}" for one in pkgutil.iter_modules(views.__path__)]
    for module in [paging, *map(importlib.import_module, names)]:
        if hasattr(module, "limit_of"):
            monkeypatch.setattr(module, "limit_of", noted)
    return found


def test_every_list_is_as_long_as_documented(settings, limits):
    settings.RATE_LIMITS = False
    house = household.build()
    excused = {alike(name) for name in OTHERWISE}
    wrong = {}
    for method, path, operation in operations():
        name = f"{method} {path}"
        said = _documented(operation)
        if said and alike(name) not in excused:
            address = f"{path.format(**parts_of(path, house))}?{query_of(name, house)}"
            found = tuple(_asked(house, limits, f"{address}{more}") for more in ("", "&limit=100000"))
            if found != said:
                wrong[name] = (found, said)
    assert wrong == {}


def _asked(house, limits, address):
    limits.clear()
    answer = house.alices.get(address)
    assert answer.status_code == 200, address
    return limits[0] if limits else None


def _documented(operation):
    """The default and the most; None where nothing is said."""
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "limit":
            usual, most = _SAID.search(parameter["description"]).groups()
            return int(usual), int(most or 2 * int(usual))
    return None
