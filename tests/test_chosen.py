"""The choice of files that a walk meets."""

from vestige.chosen import EVERYTHING, chosen


def test_folders_above_chosen_files_are_chosen_too() -> None:
    assert chosen((b"a/b/c", b"a/d")).paths == {b"a/b/c", b"a/b", b"a", b"a/d"}


def test_names_that_were_not_chosen_are_left_out() -> None:
    only = chosen((b"a/b/c", b"e"))
    assert only.names(b"/v", b"/v/./", [b"a", b"e", b"x"]) == [b"a", b"e"]
    assert only.names(b"/v", b"/v/./a/", [b"a", b"b"]) == [b"b"]
    assert only.names(b"/", b"/./a/", [b"a", b"b"]) == [b"b"]


def test_of_no_choice_everything_is_met_and_the_root_has_its_name() -> None:
    assert chosen(()) == EVERYTHING
    assert EVERYTHING.names(b"/v", b"/v/", [b"a"]) == [b"a"]
    assert EVERYTHING.top(b"/a/v") == (b"/a/", b"v")
    assert EVERYTHING.top(b"/") == (b"", b"/")
    assert chosen((b"a",)).top(b"/a/v") == (b"/a/v/", b".")
    assert chosen((b"a",)).top(b"/") == (b"/", b".")
