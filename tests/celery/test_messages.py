"""Where messages to workers go."""

import pytest

from jobs.messages import make_app


@pytest.mark.parametrize("variable", ["redis", "amqp://else.example", ""])
def test_the_settings_name_the_broker_whatever_the_variable_says(settings, monkeypatch, variable):
    """Celery reads a variable of that name by itself, and knows nothing of our word “redis”."""
    monkeypatch.setenv("CELERY_BROKER_URL", variable)
    settings.CELERY_BROKER_URL = "redis://broker.example:6390/3"
    app = make_app()

    for connection in (app.connection_for_read(), app.connection_for_write()):
        found = connection.transport_cls, connection.hostname, connection.port, connection.virtual_host
        assert found == ("redis", "broker.example", 6390, "3")
