"""Two workers as larger hosts run them; the one that is posting what is due is killed in the middle."""

import os
import signal

from tests.postgres.servers import until

_NUMBER = 100
_PATIENCE_SECONDS = 240.0  # a busy machine is no defect


def test_each_is_posted_once_and_only_once(site, ask):
    site.run("-m", "tests.journeys.seed", "scheduled", str(_NUMBER))
    workers = {worker.pid: worker for worker in (site.work(), site.work())}

    def posted() -> int:
        return ask("SELECT count(*) FROM tweets_tweet WHERE text LIKE 'plum %'")[0][0]

    def poster() -> int | None:
        """Which of the two has it in hand."""
        task = "task = 'tweets.periodic.post_due'"
        held = ask(f"SELECT held_by FROM jobs_job WHERE state = 'running' AND {task}")
        return int(held[0][0].split(":")[-2]) if held else None

    until(lambda: posted() >= _NUMBER // 8, _PATIENCE_SECONDS)
    doomed = poster()
    assert doomed in workers
    os.kill(doomed, signal.SIGKILL)
    workers.pop(doomed).wait()
    left = ask("SELECT count(*) FROM tweets_scheduledtweet")[0][0]
    assert 0 < left < _NUMBER  # in the middle indeed
    assert left + posted() == _NUMBER  # what it had in hand is whole, on one side or the other

    until(lambda: ask("SELECT count(*) FROM tweets_scheduledtweet") == [(0,)], _PATIENCE_SECONDS)
    twice = "SELECT text FROM tweets_tweet WHERE text LIKE 'plum %' GROUP BY text HAVING count(*) > 1"
    assert (posted(), ask(twice)) == (_NUMBER, [])
    said = "SELECT count(*) FROM tweets_tweet WHERE author_id = accounts_user.id AND text NOT LIKE 'damson %'"
    assert ask(f"SELECT tweets_count - ({said}) FROM accounts_user WHERE username = 'alice'") == [(0,)]
    (survivor,) = workers.values()
    assert survivor.poll() is None
    survivor.terminate()
    survivor.wait(30)
