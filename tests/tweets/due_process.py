"""A process that posts what is due, again and again, on the database of the test that starts it."""

import os
import time

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
settings.DATA_DIR = os.environ["WORKER_DATA_DIR"]
django.setup()

from tweets.periodic import post_due  # noqa: E402

while True:
    post_due()
    time.sleep(0.01)
