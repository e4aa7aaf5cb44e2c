"""The hub of this process: one for all doors, begun by whoever keeps its connections."""

from common.realtime.hub import Hub

_THREADS = 2  # that draw; each has a connection to the database

the_hub = Hub(threads=_THREADS)
