"""A real worker in a process of its own, on the database of the test that starts it."""

import os

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
settings.DATA_DIR = os.environ["WORKER_DATA_DIR"]
settings.JOB_LEASE_SECONDS = int(os.environ.get("WORKER_LEASE_SECONDS", "60"))
settings.JOB_LONGEST_SECONDS = int(os.environ.get("WORKER_LONGEST_SECONDS", "600"))
if "WORKER_LOCK_SECONDS" in os.environ:
    settings.DATABASES["default"]["OPTIONS"]["timeout"] = float(os.environ["WORKER_LOCK_SECONDS"])
django.setup()

from events import bus  # noqa: E402
from jobs import clock  # noqa: E402
from jobs.engines import embedded  # noqa: E402
from jobs.engines.embedded import Worker  # noqa: E402
from tests.jobs import effects  # noqa: E402

if "WORKER_PLANS" not in os.environ:  # else those of the product, connected already
    effects.register()
    bus.connect(effects.plans())
embedded._LOOK_SECONDS = float(os.environ.get("WORKER_LOOK_SECONDS", embedded._LOOK_SECONDS))
clock.connect([])  # only what the test writes
worker = Worker()
worker.heed_signals()
worker.heed_parent()
worker.run()
