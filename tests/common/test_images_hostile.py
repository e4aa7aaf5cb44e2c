"""Files made to hurt: each gets a sentence, quickly, without filling the memory."""

import json
import os
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from common.errors import Invalid
from common.images import encode, inspect, shrink
from tests.common import picture_files as files

ROOT = Path(__file__).resolve().parents[2]


def measured(what: str) -> dict[str, dict[str, object]]:
    """What each file costs a process that looks at it (a process of its own can measure its memory)."""
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("memory is measured on Linux only")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "twitter_clone.settings.test"}
    command = [sys.executable, "-m", "tests.common.bombs", what]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def costs() -> dict[str, dict[str, object]]:
    return measured("bombs")


def test_every_bomb_is_refused_with_a_sentence(costs):
    assert len(costs) == 10
    assert all(cost["outcome"].endswith(".") for cost in costs.values()), costs
    assert not [name for name, cost in costs.items() if cost["outcome"] == "taken"]


def test_no_bomb_takes_a_second(costs):
    assert {name: cost["seconds"] for name, cost in costs.items() if cost["seconds"] >= 1} == {}


def test_no_bomb_fills_the_memory(costs):
    assert {name: cost["mib"] for name, cost in costs.items() if cost["mib"] >= 64} == {}


def test_the_largest_that_are_taken_stay_below_300_mib():
    costs = measured("largest")
    assert {name: cost["outcome"] for name, cost in costs.items()} == dict.fromkeys(
        ["PNG", "WebP", "JPEG"], "taken"
    )
    assert {name: cost["mib"] for name, cost in costs.items() if cost["mib"] >= 300} == {}


def test_a_giant_is_refused_for_its_pixels(costs):
    giants = [cost["outcome"] for name, cost in costs.items() if "megapixels" in name or "a side" in name]
    assert len(giants) == 5
    assert all("too many pixels" in outcome for outcome in giants)


@pytest.mark.parametrize(
    "data",
    [
        files.photo((64, 48), "JPEG"),
        files.photo((64, 48), "JPEG", progressive=True),
        files.photo((32, 24), "PNG"),
        files.photo((32, 24), "GIF"),
        files.photo((32, 24), "WEBP"),
        files.animation("GIF"),
        files.animation("WEBP"),
        files.with_secrets("JPEG"),
    ],
    ids=["jpeg", "progressive", "png", "gif", "webp", "gif animation", "webp animation", "metadata"],
)
def test_damaged_files_are_drawn_or_refused_but_never_break_anything(data):
    chance = random.Random(len(data))
    refused = 0
    for _ in range(60 if len(data) > 100_000 else 250):
        try:
            picture = inspect(BytesIO(_damaged(data, chance)))
            encode(shrink(picture, 40), "webp")
        except Invalid:
            refused += 1
    assert refused > 0


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, mostly near the start where headers are; sometimes cut, sometimes doubled."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        reach = len(damaged) if chance.random() < 0.4 else min(len(damaged), 200)
        damaged[chance.randrange(reach)] = chance.randrange(256)
    cut = chance.random()
    if cut < 0.2:
        return bytes(damaged[: chance.randrange(len(damaged))])
    if cut < 0.3:
        at = chance.randrange(len(damaged))
        return bytes(damaged[:at] + damaged[at // 2 :])
    return bytes(damaged)
