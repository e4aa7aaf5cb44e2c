"""Messages to Celery's broker: each says that one row waits, and nothing else.

The row is the truth. A message may come twice, late or never: whoever hears it takes the row only if it
still waits, and jobs/sweeping.py sends again what nobody took. So nothing here waits, retries or keeps.
"""

import contextlib
from collections.abc import Iterator, Sequence

from celery import Celery
from django.conf import settings
from kombu import Connection, Queue
from kombu.exceptions import KombuError

from common.sending import Sender, Unreachable

Waiting = tuple[int, str]  # a job's id and its queue

TASK = "jobs.do"

_PATIENCE_SECONDS = 5


def _options() -> dict[str, object]:
    """Of the connection; each kind of broker has its own."""
    if settings.CELERY_BROKER_URL.startswith("amqp"):
        return {"read_timeout": _PATIENCE_SECONDS, "write_timeout": _PATIENCE_SECONDS}
    return {
        "visibility_timeout": 2 * settings.JOB_LONGEST_SECONDS,  # then it comes again; no job takes so long
        "socket_timeout": _PATIENCE_SECONDS,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "global_keyprefix": f"jobs:{settings.SITE_HOST}:",
        "priority_steps": [0],
    }


def make_app() -> Celery:
    """Celery as the settings want it. None of its Django fix-ups: they end each connection after each job."""
    url = settings.CELERY_BROKER_URL
    made = Celery("twitter_clone", broker=url, set_as_current=False, fixups=set())
    made.conf.update(
        accept_content=["json"],
        broker_connection_max_retries=None,
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=2,
        broker_read_url=url,  # else Celery reads the variable, and takes “redis” for a RabbitMQ
        broker_transport_options=_options(),
        broker_write_url=url,
        task_acks_late=True,  # else each hand would keep one more job to itself, behind the one it does
        task_create_missing_queues=False,
        task_default_delivery_mode=1,  # not to disk: the row is there already
        task_default_queue=settings.CELERY_QUEUES[0],
        task_ignore_result=True,
        task_publish_retry=False,
        task_queues=[Queue(name) for name in settings.CELERY_QUEUES],
        task_reject_on_worker_lost=False,  # the row comes back by itself
        task_serializer="json",
        task_time_limit=settings.JOB_LONGEST_SECONDS + 60,  # for what even jobs/limit.py cannot end
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_max_tasks_per_child=20_000,  # a fresh process now and then keeps memory flat
        worker_prefetch_multiplier=1,
        worker_redirect_stdouts=False,
    )
    return made


app = make_app()


class Broker:
    """One connection to it, used by one thread."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        kind = app.connection()
        self._troubles = (*kind.connection_errors, *kind.channel_errors, KombuError, OSError)

    def carry(self, waiting: Sequence[Waiting]) -> None:
        """Send a message for each of these jobs. Raises Unreachable."""
        with self._connected() as connection, connection.Producer() as producer:
            for job_id, queue in waiting:
                if queue in settings.CELERY_QUEUES:
                    app.send_task(TASK, [job_id], queue=queue, producer=producer, ignore_result=True)

    def length(self, queue: str) -> int:
        """How many messages wait in this queue. Raises Unreachable."""
        with self._connected() as connection:
            declared = app.amqp.queues[queue](connection.default_channel).queue_declare()
            return int(declared.message_count)

    def close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(Exception):  # it is broken, one way or another
                self._connection.close()
            self._connection = None

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            if self._connection is None:
                self._connection = app.connection_for_write()
            yield self._connection
        except self._troubles as error:
            self.close()
            raise Unreachable(type(error).__name__) from error


_sender: Sender[Waiting] = Sender(Broker, "Messages to workers")


def send(waiting: Sequence[Waiting]) -> None:
    """Let the broker know of these jobs, soon, in a thread of its own. Takes microseconds and never fails."""
    _sender.send(*waiting)
