"""`bin/bench streams`: bin/run, many lines of server-sent events on a public stream, and posts one by one."""

import asyncio
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench import server
from bench.scratch import databases, scratch

Figures = dict[str, Any]
_LINES = 1000  # each of another person
_LINES_OF_AN_ADDRESS = 400  # below LIVE_PER_ADDRESS
_EVENTS, _UNCOUNTED = 20, 3
_PATIENCE_SECONDS = 60
_UPDATE = b"event: update\n"


def measure(tell: Callable[[str, Figures], None]) -> Figures:
    """CPU of the process that keeps the lines, for each event; what it takes to post it was taken off."""
    found: Figures = {}
    for database in databases():
        with scratch(database) as place:
            place.prepare()
            tokens = json.loads(place.run("-m", "bench.streams.people", str(_LINES + 1)))
            behind_proxy = replace(place, environment=place.environment | {"TRUSTED_PROXIES": "1"})
            with server.running(behind_proxy) as (process, port, _):
                alone = asyncio.run(_told(process.pid, port, tokens[0], []))
                many = asyncio.run(_told(process.pid, port, tokens[0], tokens[1:]))
        found[database] = {
            "lines": _LINES,
            "cpu_ms_for_an_event": round(many["cpu_ms"] - alone["cpu_ms"], 1),
            "until_all_have_it_ms": many["until_all_ms"],
            "cpu_ms_without_lines": alone["cpu_ms"],
        }
        tell(f"{database}: one event, {_LINES} lines", found[database])
    return found


async def _told(pid: int, port: int, author: str, tokens: list[str]) -> Figures:
    """Post, wait until all lines have it, and so on."""
    lines = [await _open(port, token, number // _LINES_OF_AN_ADDRESS) for number, token in enumerate(tokens)]
    took = []
    for number in range(_EVENTS + _UNCOUNTED):
        if number == _UNCOUNTED:
            cpu = _cpu_seconds(pid)
        began = time.perf_counter()
        await asyncio.to_thread(_post, port, author, number)
        await asyncio.gather(*map(_update, lines))
        took.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.3)  # the stream rests after it drew
    spent = (_cpu_seconds(pid) - cpu) * 1000 / _EVENTS
    for _, writer in lines:
        writer.close()
    return {"cpu_ms": round(spent, 1), "until_all_ms": round(sorted(took[_UNCOUNTED:])[_EVENTS // 2])}


async def _open(port: int, token: str, address: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"GET /api/v1/streaming/public HTTP/1.1\r\nHost: localhost:%d\r\n"
        b"Authorization: Bearer %b\r\nX-Forwarded-For: 192.0.2.%d\r\n\r\n" % (port, token.encode(), address)
    )
    status = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in status[:16]:
        raise RuntimeError(f"The stream did not open: {status[:200]!r}")
    return reader, writer


async def _update(line: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    async with asyncio.timeout(_PATIENCE_SECONDS):
        await line[0].readuntil(_UPDATE)


def _post(port: int, token: str, number: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    body = json.dumps({"status": f"Number {number}, with a few words to make it as long as most are"})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/statuses", body, headers | {"Host": f"localhost:{port}"})
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"Posting was refused: {answer.status} {answer.read()[:200]!r}")
    connection.close()


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
