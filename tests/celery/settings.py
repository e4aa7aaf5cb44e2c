"""Settings of the workers that these tests start: database and folder of the test that starts them."""

import os
from pathlib import Path

from twitter_clone.settings.test import *  # noqa: F403
from twitter_clone.settings.test import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
DATA_DIR = Path(os.environ["WORKER_DATA_DIR"])
CELERY_BROKER_URL = os.environ["WORKER_BROKER"]
WORKER_CONCURRENCY = int(os.environ.get("WORKER_HANDS", "2"))
JOB_LEASE_SECONDS = int(os.environ.get("WORKER_LEASE_SECONDS", "60"))
JOB_GRACE_SECONDS = int(os.environ.get("WORKER_GRACE_SECONDS", "10"))
JOB_LONGEST_SECONDS = int(os.environ.get("WORKER_LONGEST_SECONDS", "600"))
if "WORKER_TASKS" in os.environ:
    INSTALLED_APPS = [*INSTALLED_APPS, "tests.celery.tasks.TasksConfig"]
