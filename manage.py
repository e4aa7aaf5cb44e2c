#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

from twitter_clone import local

if __name__ == "__main__":
    # Beside a server started by bin/run, its folder and its key are ours too.
    local.read_env_file()
    if local.was_started_here():
        local.fill_in_defaults()
        local.use_kept_key()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")
    execute_from_command_line(sys.argv)
