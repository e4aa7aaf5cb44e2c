"""Streams: what happens, told to apps at once, by web sockets and by server-sent events."""
