"""What is carried over is known by its place among its siblings."""

from vestige.carried import NONE_CARRIED, Carried
from vestige.walk import Siblings

ONE = Carried(7, 3, dicom=True, reason="", partly=False, instance=0, account=1, extra="")


def test_siblings_part_into_runs_of_which_all_are_carried_over_or_none() -> None:
    listed = [(b"%d" % n, "file", 1, 2, 3, n) for n in range(5)]
    whole = Siblings(10, 9, b"/v/", listed, {}, 0.5, carried={1: ONE, 2: ONE, 4: ONE})
    runs = list(whole.runs())
    assert [(run.first, len(run.listed), sorted(run.carried)) for run in runs] == [
        (10, 1, []),
        (11, 2, [0, 1]),
        (13, 1, []),
        (14, 1, [0]),
    ]
    assert whole.part(1, 3).carried == {0: ONE, 1: ONE}


def test_where_nothing_is_carried_over_siblings_stay_together() -> None:
    plain = Siblings(1, 0, b"/", [(b"a", "file", 1, 2, 3, 4)], {}, 0.0)
    assert list(plain.runs()) == [plain]
    assert plain.carried is NONE_CARRIED
