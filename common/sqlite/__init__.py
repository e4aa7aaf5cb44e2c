"""Django's backend for SQLite, and what we need beside; settings/databases names this package."""
