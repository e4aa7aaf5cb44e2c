"""The private note about a person."""

import pytest

from relationships.models import PersonNote

pytestmark = pytest.mark.django_db


def test_a_note_is_kept_shown_to_its_author_alone_and_forgotten(as_alice, as_bob, client, bob):
    page = as_alice.post("/@bob/note", {"text": "met in <Oslo>"}, follow=True)
    assert page.redirect_chain == [("/@bob", 302)]
    assert "met in &lt;Oslo&gt;" in page.content.decode()
    assert "met in &lt;Oslo&gt;" in as_alice.get("/@bob/note").content.decode()
    for other in (as_bob, client):
        assert "Oslo" not in other.get("/@bob").content.decode()
    as_alice.post("/@bob/note", {"text": " "})
    assert not PersonNote.objects.exists()


def test_too_long_a_note_is_said_and_kept_in_the_form(as_alice, bob):
    answer = as_alice.post("/@bob/note", {"text": "x" * 2001})
    assert answer.status_code == 422
    assert "2000 characters" in answer.content.decode()
    assert "x" * 2001 in answer.content.decode()


def test_visitors_are_sent_to_log_in(client, bob):
    assert client.get("/@bob/note").headers["Location"] == "/login/?next=/%40bob/note"
