#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from twitter_clone import local

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")
    try:
        local.stand_beside_server()
        execute_from_command_line(sys.argv)
    except (local.CannotStart, ImproperlyConfigured) as error:
        sys.exit(str(error))
