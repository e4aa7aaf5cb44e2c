#!/bin/sh
# Makes a host ready to run `gunicorn twitter_clone.wsgi`: install, collectstatic, migrate.
# Run it at every deployment, with the variables of the server (see .env.example).
set -eu

cd "$(dirname "$0")"
# Render tells its services their address; elsewhere SITE_URL and ALLOWED_HOSTS are set by hand.
export SITE_URL="${SITE_URL:-${RENDER_EXTERNAL_URL:-http://localhost:8000}}"
export ALLOWED_HOSTS="${ALLOWED_HOSTS:-${RENDER_EXTERNAL_HOSTNAME:-localhost}}"
# These commands sign nothing, so any key will do for them; the server itself insists on a real one.
export SECRET_KEY="${SECRET_KEY:-only-for-the-build-$$-$(date +%s)-and-nothing-that-is-signed-with-it-lasts}"

sh bin/setup production
mkdir -p "${DATA_DIR:-data}"
.venv/bin/python manage.py collectstatic --no-input --clear
.venv/bin/python manage.py migrate --no-input
