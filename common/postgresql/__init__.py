"""Django's backend for PostgreSQL, and what we need beside; settings/databases names this package."""
