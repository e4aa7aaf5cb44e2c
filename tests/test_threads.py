"""Threads that work for an event loop: who works next, who waits, and what becomes of what was asked."""

import asyncio
import threading

import pytest

from twitter_clone.threads import Threads


def name() -> str:
    return threading.current_thread().name


def test_whoever_rested_last_works_next():
    async def story() -> set[str]:
        threads = Threads(3, "page")
        gate = threading.Event()
        together = [threads.run(lambda: gate.wait(5) and name()) for _ in range(3)]
        gate.set()
        assert len({await one for one in together}) == 3
        return {await threads.run(name) for _ in range(20)}

    (alone,) = asyncio.run(story())
    assert alone.startswith("page_")


def test_none_begins_before_it_is_needed():
    async def story() -> None:
        before = threading.active_count()
        threads = Threads(3, "page")
        assert threading.active_count() == before
        for _ in range(5):
            await threads.run(name)
        assert threading.active_count() == before + 1

    asyncio.run(story())


def test_more_than_they_can_do_waits_and_goes_in_turn():
    async def story() -> list[int]:
        threads = Threads(1, "page")
        done: list[int] = []
        gate = threading.Event()
        first = threads.run(gate.wait, 5)
        others = [threads.run(done.append, number) for number in range(10)]
        await asyncio.sleep(0.05)
        assert done == []
        gate.set()
        await asyncio.gather(first, *others)
        return done

    assert asyncio.run(story()) == list(range(10))


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3), KeyboardInterrupt()])
def test_an_error_is_for_whoever_waits_and_ends_no_thread(error):
    def fail() -> None:
        raise error

    async def story() -> str:
        threads = Threads(1, "page")
        answer = threads.run(fail)
        await asyncio.wait([answer])
        assert answer.exception() is error
        return await threads.run(name)

    assert asyncio.run(story()) == "page_0"


def test_what_no_answer_can_be_is_an_error_all_the_same():
    async def story() -> None:
        with pytest.raises(RuntimeError, match="StopIteration"):
            await Threads(1, "page").run(next, iter(()))

    asyncio.run(story())


def test_what_nobody_waits_for_is_not_begun():
    async def story() -> list[str]:
        threads = Threads(1, "page")
        done: list[str] = []
        gate = threading.Event()
        first = threads.run(gate.wait, 5)
        dropped, wanted = threads.run(done.append, "dropped"), threads.run(done.append, "wanted")
        dropped.cancel()
        gate.set()
        await first
        await wanted
        return done

    assert asyncio.run(story()) == ["wanted"]


def test_what_is_cancelled_while_it_is_done_disturbs_nobody():
    async def story() -> str:
        threads = Threads(1, "page")
        begun, gate = threading.Event(), threading.Event()

        def wait() -> None:
            begun.set()
            gate.wait(5)

        answer = threads.run(wait)
        await asyncio.to_thread(begun.wait, 5)
        answer.cancel()
        gate.set()
        return await threads.run(name)

    assert asyncio.run(story()) == "page_0"


def test_a_loop_that_has_ended_is_not_told():
    threads = Threads(1, "page")
    begun, gate = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        gate.wait(5)

    async def story() -> None:
        threads.run(wait)
        await asyncio.to_thread(begun.wait, 5)

    asyncio.run(story())
    gate.set()

    async def another() -> str:
        return await threads.run(name)

    assert asyncio.run(another()) == "page_0"
