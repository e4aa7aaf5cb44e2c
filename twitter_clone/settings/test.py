"""Settings of the tests: a fast hasher, memory mail, files in a folder that is thrown away."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "a key for tests, long enough to satisfy every check of fifty")
os.environ.setdefault("VAPID_PRIVATE_KEY", "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("SINGLE_PROCESS", "yes")
os.environ.setdefault("SITE_URL", "http://localhost:8000")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="twitter-clone-test-")
os.environ["DATABASE_URL"] = (
    os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{os.environ['DATA_DIR']}/db.sqlite3"
)
os.environ.update(DATABASE_REPLICA_URLS="", DATABASE_POOLER="", REDIS_URL="", RATE_LIMITS="on")
os.environ["CELERY_BROKER_URL"] = ""

from twitter_clone.settings.base import *
from twitter_clone.settings.base import DATA_DIR, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if DATABASES["default"]["ENGINE"] == "common.sqlite":
    # Threads and processes of one test meet in one file; an in-memory database cannot be shared so.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# Most tests roll back what they do, and nothing is announced that was not committed.
VISITOR_PAGES_SECONDS = 0

# What a test sends is delivered at once; those of undoing wait.
TWEET_UNDO_SECONDS = 0

# No thread writes beside a test: it says when.
STATISTICS_WRITTEN_SECONDS = 0
