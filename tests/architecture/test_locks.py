"""People are held by one function, which knows the order (docs/architecture.md, “One order of locks”)."""

from tests.architecture.house import modules, where


def test_nobody_else_holds_people():
    by_hand = [path for path in modules() if "User.objects.select_for_update" in path.read_text()]
    assert [where(path) for path in by_hand] == ["accounts/actions/locks.py"]
