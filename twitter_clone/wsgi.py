"""Pages for any WSGI server: `gunicorn twitter_clone.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")

application = get_wsgi_application()
