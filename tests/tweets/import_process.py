"""A real import in a process of its own, into the database of the test that starts it."""

import os
import sys

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["IMPORT_INTO"]
django.setup()

from django.core.management import call_command  # noqa: E402

call_command("import_tweets", *sys.argv[1:])
