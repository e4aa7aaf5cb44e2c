"""What the processes of a site share: Redis, or a table, or nothing where there is only one."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shared:
    """Values for Django's settings."""

    cache: dict[str, Any]
    session_engine: str
    channel_layers: dict[str, Any]


def choose(*, single_process: bool, redis_url: str, host: str) -> Shared:
    """Memory is only for the one process of bin/run: a session that ended in one process would live on in
    the memory of another. Sites that share a Redis are told apart by their host.
    """
    sessions = "django.contrib.sessions.backends."
    if redis_url:
        cache = {"BACKEND": "common.redis_cache.RedisJSONCache", "LOCATION": redis_url, "KEY_PREFIX": host}
        return Shared(cache, f"{sessions}cached_db", {"default": _channel_layer(redis_url, host)})
    if single_process:
        memory = "django.core.cache.backends.locmem.LocMemCache"
        return Shared({"BACKEND": memory, "OPTIONS": {"MAX_ENTRIES": 20_000}}, f"{sessions}cached_db", {})
    table = {"BACKEND": "common.cache.DatabaseJSONCache", "LOCATION": "common_cacherow"}
    return Shared(table, f"{sessions}db", {})


def _channel_layer(redis_url: str, host: str) -> dict[str, Any]:
    """See common/realtime/buses."""
    line = {"address": redis_url, "socket_connect_timeout": 2, "health_check_interval": 10}
    return {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [line], "prefix": f"live:{host}:"},
    }
