"""`manage.py import_tweets`: one tweet for each line, whatever the file holds, once however often it runs."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.models import User
from common.progress import Progress
from tests.factories import make_user
from tweets.actions import forget_posting_keys
from tweets.management import authors as import_authors
from tweets.management.commands import import_tweets
from tweets.models import Hashtag, PostingKey, Tweet

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def real_tweets() -> Path:
    """The 3,000 real tweets, kept beside the repository on some machines."""
    for folder in ROOT.parents:
        found = folder / "shared" / "data" / "tweets" / "tweets.txt"
        if found.exists():
            return found
    pytest.skip("the real tweets (shared/data/tweets/tweets.txt) are not on this machine")


def run(path, authors=3, **options) -> str:
    said = StringIO()
    call_command("import_tweets", str(path), authors=authors, stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def write(tmp_path, *lines: str) -> Path:
    path = tmp_path / "tweets.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_each_line_becomes_a_tweet_in_order(tmp_path):
    said = run(write(tmp_path, "good morning", "a #walk with @alice", "good night"))
    assert "3 imported, 0 already there, 0 rejected" in said
    assert [tweet.text for tweet in Tweet.objects.order_by("id")] == [
        "good morning",
        "a #walk with @alice",
        "good night",
    ]
    assert Hashtag.objects.get().name == "walk"
    assert 'href="/tags/walk"' in Tweet.objects.get(text__contains="walk").html


def test_real_tweets_come_in_with_their_tags_and_mentions(tmp_path):
    lines = real_tweets().read_text().splitlines()[:300]
    said = run(write(tmp_path, *lines), authors=10)
    assert "300 imported, 0 already there, 0 rejected" in said
    assert Tweet.objects.count() == 300
    assert list(Tweet.objects.order_by("id").values_list("text", flat=True)[:3]) == lines[:3]
    assert Tweet.objects.filter(html__contains="#").exists()
    assert sum(User.objects.values_list("tweets_count", flat=True)) == 300


def test_the_authors_are_confirmed_and_nobody_can_sign_in_as_them(tmp_path):
    run(write(tmp_path, "hello"), authors=12)
    people = list(User.objects.all())
    assert len(people) == len({person.username.lower() for person in people}) == 12
    assert all(person.may_write and person.display_name for person in people)
    assert not any(person.has_usable_password() for person in people)


def test_some_say_far_more_than_others_and_the_seed_decides_who(tmp_path):
    path = write(tmp_path, *(f"line {number}" for number in range(200)))
    run(path, authors=20, seed=1)
    counts = Counter(Tweet.objects.values_list("author__username", flat=True))
    first = counts.most_common(1)[0][1]
    assert 40 <= first <= 75  # 200 / (1 + 1/2 + … + 1/20) = 56
    who = dict(Tweet.objects.values_list("text", "author__username"))
    Tweet.objects.all().delete()
    User.objects.all().delete()
    run(path, authors=20, seed=1)
    assert dict(Tweet.objects.values_list("text", "author__username")) == who
    run(path, authors=20, seed=2)
    assert Tweet.objects.count() == 400
    assert User.objects.count() == 40


def test_running_it_again_changes_nothing(tmp_path):
    path = write(tmp_path, "one", "two", "two", "")
    run(path)
    ids = set(Tweet.objects.values_list("id", flat=True))
    assert "0 imported, 3 already there, 1 rejected" in run(path)
    assert set(Tweet.objects.values_list("id", flat=True)) == ids


def test_it_is_remembered_longer_than_the_keys_of_forms(tmp_path, alice):
    path = write(tmp_path, "one")
    run(path)
    PostingKey.objects.create(author=alice, key="a form", tweet=None)
    PostingKey.objects.update(created_at=timezone.now() - timedelta(days=400))
    assert forget_posting_keys() == 1
    assert "0 imported, 1 already there" in run(path)


def test_lines_that_were_added_come_in(tmp_path):
    run(write(tmp_path, "one", "two"))
    assert "1 imported, 2 already there" in run(write(tmp_path, "one", "two", "three"))


def test_a_person_who_has_the_name_already_says_nothing(tmp_path):
    run(write(tmp_path, "hello"), authors=3)
    names = set(User.objects.values_list("username", flat=True))
    Tweet.objects.all().delete()
    User.objects.all().delete()
    people = [make_user(name.upper()) for name in names]
    run(write(tmp_path, *(f"line {number}" for number in range(30))), authors=3)
    assert User.objects.count() == 6
    assert not Tweet.objects.filter(author__in=people).exists()


def test_a_person_with_an_authors_address_and_a_password_is_no_author(tmp_path):
    person = make_user("mallory", confirmed=False)
    User.objects.filter(pk=person.pk).update(email="author1@seed0.import.invalid")
    run(write(tmp_path, "hello"), authors=1)
    assert Tweet.objects.get().author != person


def test_nasty_lines_are_rejected_by_reason_and_the_rest_comes_in(tmp_path):
    path = tmp_path / "nasty.txt"
    lines = [
        "\ufeffwith a mark of byte order".encode(),
        b"",
        b"   \t ",
        "caf\xe9".encode("latin-1"),
        b"x" * 281,
        b"y" * 300,
        "\u200b\u200d".encode(),
        b"z" * 200_000,
        b"with a \x00 zero byte\r",
        "the last one, without a line end: 好".encode(),
    ]
    path.write_bytes(b"\n".join(lines))
    said = run(path)
    assert "3 imported, 0 already there, 7 rejected" in said
    assert "2 × The line is empty. (line 2, 3)" in said
    assert "1 × The line is not text in UTF-8. (line 4)" in said
    assert "2 × That is some characters too long; a tweet holds 280. (line 5, 6)" in said
    assert "1 × Write something, or add a picture. (line 7)" in said
    assert "1 × The line is longer than 64 KB. (line 8)" in said
    assert set(Tweet.objects.values_list("text", flat=True)) == {
        "with a mark of byte order",
        "with a  zero byte",
        "the last one, without a line end: 好",
    }


def test_only_the_first_lines_of_a_reason_are_named(tmp_path):
    assert "9 × The line is empty. (line 1, 2, 3, 4, 5 …)" in run(write(tmp_path, *[""] * 9))


def test_a_binary_file_brings_nothing_and_breaks_nothing(tmp_path):
    path = tmp_path / "picture.bin"
    path.write_bytes(bytes(range(128, 256)) * 3000)
    assert "0 imported" in run(path)
    assert not Tweet.objects.exists()


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.txt cannot be read: No such file"):
        run(tmp_path / "nothing.txt")
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        run(tmp_path)
    for authors in (0, -3):
        with pytest.raises(CommandError, match="at least 1"):
            run(write(tmp_path, "hello"), authors=authors)
    assert not User.objects.exists()


def test_a_suspended_author_says_no_more(tmp_path):
    run(write(tmp_path, "one"), authors=1)
    User.objects.update(state="suspended")
    said = run(write(tmp_path, "one", "two"), authors=1)
    assert "0 imported, 0 already there, 2 rejected" in said


def test_ctrl_c_leaves_what_is_there_and_says_so(tmp_path, monkeypatch, capsys):
    said, true_post = StringIO(), import_tweets.post_tweet

    def interrupted_at_three(author, draft):
        if draft.text == "three":
            raise KeyboardInterrupt
        return true_post(author, draft)

    path = write(tmp_path, "one", "two", "three", "four")
    monkeypatch.setattr(import_tweets, "post_tweet", interrupted_at_three)
    with pytest.raises(SystemExit) as stopped:
        call_command("import_tweets", str(path), authors=2, stdout=said)
    assert stopped.value.code == 130
    assert "Run the same command again to go on.\n2 imported" in said.getvalue()
    monkeypatch.undo()
    assert "2 imported, 2 already there" in run(path, authors=2)


def test_trouble_with_the_database_is_one_sentence(tmp_path, monkeypatch):
    def locked(author, draft):
        raise OperationalError("database is locked")

    monkeypatch.setattr(import_tweets, "post_tweet", locked)
    with pytest.raises(CommandError, match=r"database is locked.*Run the same command again"):
        run(write(tmp_path, "one"))


def test_names_are_tried_until_one_is_free(db):
    taken = next(import_authors._names("0:1"))[0]
    make_user(taken)
    (author,) = import_authors.authors_for(1, 0)
    assert author.username != taken


class Terminal(StringIO):
    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self.isatty = lambda: is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "seconds", "drawn"), [(True, 0.2, "\r███"), (False, 11, "50%: half\n")]
)
def test_a_terminal_sees_a_bar_and_a_log_sees_a_line(is_terminal, seconds, drawn, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr("common.progress.monotonic", lambda: clock[0])
    out = Terminal(is_terminal)
    progress = Progress(out, total=200)
    progress.show(20, "too soon")
    clock[0] += seconds
    progress.show(100, "half")
    progress.show(120, "too soon again")
    progress.end()
    assert drawn in out.getvalue()
    assert "too soon" not in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_instant_it_goes_on_where_it_was(tmp_path):
    path = write(tmp_path, *(f"line {number}" for number in range(400)))
    environment = {**os.environ, "IMPORT_INTO": str(connection.settings_dict["NAME"])}
    command = [sys.executable, "-m", "tests.tweets.import_process", str(path), "--authors", "3"]
    for at_least in (20, 120):
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while Tweet.objects.count() < at_least and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = Tweet.objects.count()
    assert 120 <= done <= 400
    said = run(path)
    imported, known = map(int, re.match(r"(\d+) imported, (\d+) already", said).groups())
    assert (imported, known) == (400 - done, done)
    texts = Counter(Tweet.objects.values_list("text", flat=True))
    assert texts == Counter(f"line {number}" for number in range(400))
    assert sum(User.objects.values_list("tweets_count", flat=True)) == 400
