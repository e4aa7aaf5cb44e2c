"""The hub: drawn once for all who see the same, bounded for each, and ended rather than left waiting."""

import asyncio
import logging
import time

from common.realtime import Push
from common.realtime.subscription import Ended
from tests.common.realtime.loops import Quiet, Telling, hub_on, push, taken, until


def test_an_event_is_drawn_once_for_all_who_see_the_same():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            crowd = [hub.subscribe(door, "everybody", ["local"], most=8) for _ in range(1000)]
            alice = hub.subscribe(door, "alice", ["local", "home:1"], most=8)
            bus.hear(push("local", 7))
            for one in crowd:
                assert await taken(one) == ["local new 7 for everybody"]
            assert await taken(alice) == ["local new 7 for alice"]
            assert [(stream, ids, sorted(publics)) for stream, ids, publics in door.asked] == [
                ("local", [7], ["alice", "everybody"])
            ]

    asyncio.run(run())


def test_who_may_not_know_is_told_nothing():
    async def run():
        bus, door = Quiet(), Telling(refused=["carol"])
        async with hub_on(bus) as hub:
            bob, carol = (hub.subscribe(door, name, ["tweet:1"], most=8) for name in ("bob", "carol"))
            bus.hear(push("tweet:1", 1))
            assert await taken(bob) == ["tweet:1 new 1 for bob"]
            door.refused.clear()
            bus.hear(push("tweet:1", 2))
            assert await taken(carol) == ["tweet:1 new 2 for carol"]

    asyncio.run(run())


def test_one_push_reaches_several_streams():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            subscription = hub.subscribe(door, "bob", ["tag:tea", "tag:milk"], most=8)
            bus.hear(Push(("tag:tea", "tag:bread", "tag:milk"), "new", 4, {}))
            assert sorted(await taken(subscription, 2)) == ["tag:milk new 4 for bob", "tag:tea new 4 for bob"]

    asyncio.run(run())


def test_while_one_event_is_drawn_the_next_ones_gather():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            subscription = hub.subscribe(door, "bob", ["local"], most=200)
            door.gate.clear()
            bus.hear(push("local", 1))
            await asyncio.sleep(0.05)
            for number in range(2, 101):
                bus.hear(push("local", number))
            door.gate.set()
            messages = await taken(subscription, 100)
            assert messages == [f"local new {number} for bob" for number in range(1, 101)]
            assert [ids for _, ids, _ in door.asked] == [[1], list(range(2, 101))]

    asyncio.run(run())


def test_who_does_not_take_what_comes_is_ended_and_the_others_are_not():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            slow, quick = (hub.subscribe(door, name, ["local"], most=5) for name in ("slow", "quick"))
            for number in range(8):
                bus.hear(push("local", number))
                assert await taken(quick) == [f"local new {number} for quick"]
            await until(lambda: slow.ended)
            assert slow.ended is Ended.SLOW
            assert [message async for message in slow] == []
            assert door.asked[-1][2] == ["quick"]  # nothing is drawn for those who are gone

    asyncio.run(run())


def test_many_publics_are_drawn_in_parts():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            people = [hub.subscribe(door, number, ["delivered"], most=8) for number in range(1201)]
            bus.hear(push("delivered"))
            for one in people:
                await taken(one)
            assert [len(publics) for _, _, publics in door.asked] == [500, 500, 201]

    asyncio.run(run())


def test_a_door_that_fails_is_logged_and_stops_nobody(caplog):
    class Broken(Telling):
        def draw(self, stream, pushes, publics):
            if stream == "home:1":
                raise RuntimeError("a defect")
            return super().draw(stream, pushes, publics)

    async def run():
        bus = Quiet()
        async with hub_on(bus) as hub:
            subscription = hub.subscribe(Broken(), "bob", ["home:1", "local"], most=8)
            bus.hear(push("home:1"))
            bus.hear(push("local"))
            assert await taken(subscription) == ["local new 1 for bob"]
            bus.hear(push("local", 2))
            assert await taken(subscription) == ["local new 2 for bob"]

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    assert "Drawing home failed" in caplog.text  # without whose


def test_who_comes_a_moment_later_is_told_what_happened_meanwhile():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            await asyncio.sleep(0.05)
            bus.hear(push("local", 1))
            bus.hear(push("home:2", 2))
            bus.hear(push("local", 3))
            subscription = hub.subscribe(door, "bob", ["local"], most=8)
            other = hub.subscribe(door, "bob", ["local"], most=8)
            assert await hub.replay(subscription, 0.04)
            assert await taken(subscription, 2) == ["local new 1 for bob", "local new 3 for bob"]
            bus.hear(push("local", 4))
            assert await taken(other) == ["local new 4 for bob"]  # what it had seen is not told again

    asyncio.run(run())


def test_it_says_when_it_cannot_know_what_was_missed():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            subscription = hub.subscribe(door, "bob", ["local"], most=8)
            assert not await hub.replay(subscription, 60)
            for number in range(2500):
                bus.hear(push("elsewhere", number))
            await asyncio.sleep(0.05)
            assert not await hub.replay(subscription, 0.05 + 60)
            assert await hub.replay(subscription, 0.01)

    asyncio.run(run())


def test_where_pushes_no_longer_arrive_nobody_is_left_waiting():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            subscription = hub.subscribe(door, "bob", [], most=8)
            bus.well(False)
            assert not hub.is_well
            assert subscription.ended is Ended.LOST
            assert hub.subscribe(door, "bob", ["local"], most=8).ended is Ended.LOST
            bus.well(True)
            again = hub.subscribe(door, "bob", ["local"], most=8)
            bus.hear(push("local"))
            assert await taken(again) == ["local new 1 for bob"]

    asyncio.run(run())


def test_before_the_bus_is_well_nobody_is_let_in():
    async def run():
        async with hub_on(Quiet(is_well=False)) as hub:
            assert hub.subscribe(Telling(), "bob", ["local"], most=8).ended is Ended.LOST

    asyncio.run(run())


def test_at_the_end_everybody_is_asked_to_come_again():
    async def run():
        async with hub_on(Quiet()) as hub:
            subscription = hub.subscribe(Telling(), "bob", ["local"], most=8)
        assert subscription.ended is Ended.RESTART

    asyncio.run(run())


def test_who_left_leaves_nothing_behind():
    async def run():
        bus, door = Quiet(), Telling()
        async with hub_on(bus) as hub:
            for number in range(100):
                hub.subscribe(door, number, ["local", f"tweet:{number}"], most=8).end()
            assert hub._listeners == {}
            assert hub._subscriptions == set()
            bus.hear(push("local"))
            await asyncio.sleep(0)
            assert door.asked == []
            assert hub._gathered == {}

    asyncio.run(run())


def test_a_busy_stream_rests_between_two_drawings():
    class Slow(Telling):
        def draw(self, stream, pushes, publics):
            time.sleep(0.1)
            return super().draw(stream, pushes, publics)

    async def run():
        bus, door = Quiet(), Slow()
        async with hub_on(bus) as hub:
            subscription = hub.subscribe(door, "bob", ["tweet:1", "local"], most=100)
            bus.hear(push("tweet:1", 1))
            await taken(subscription)
            began = asyncio.get_running_loop().time()
            bus.hear(push("tweet:1", 2))
            bus.hear(push("local", 3))
            assert await taken(subscription) == ["local new 3 for bob"]  # others need not wait
            assert await taken(subscription) == ["tweet:1 new 2 for bob"]
            assert asyncio.get_running_loop().time() - began > 0.3

    asyncio.run(run())
