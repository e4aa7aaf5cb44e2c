#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

from twitter_clone import local

if __name__ == "__main__":
    local.stand_beside_server()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")
    execute_from_command_line(sys.argv)
