"""Tables of pandas in what pickles are built of, as pandas and pyarrow write them."""

import pickle
import pickletools

import pandas as pd
import pytest

from vestige.read.framed import frames, loose
from vestige.read.unpickled import Unpickled

FRAME = pd.DataFrame(
    {"code": ["a", "b", "c"], "volume": [1.5, 2.5, 3.5], "surname": ["Quintero", "", "Vexley"]}
)
ROWS = [["code", "volume", "surname"], ["a", "", "Quintero"], ["b", "", ""], ["c", "", "Vexley"]]


def built(value: object, protocol: int) -> object:
    found = Unpickled()
    for opcode, argument, _ in pickletools.genops(pickle.dumps(value, protocol)):
        found.hear(opcode.name, argument)
    return found.value


@pytest.mark.parametrize("protocol", [2, 4, 5])
@pytest.mark.parametrize("kind", ["object", "string[python]", "string[pyarrow]"])
def test_columns_stand_below_their_names(kind: str, protocol: int) -> None:
    if "pyarrow" in kind:
        pytest.importorskip("pyarrow", reason="vestige[tables]")
    frame = FRAME.astype({"code": kind, "surname": kind})
    assert list(frames(built({"all": [frame]}, protocol))) == [ROWS]


def test_a_series_is_a_column_below_its_name() -> None:
    (found,) = frames(built(FRAME["surname"], 4))
    assert found == [["surname"], ["Quintero"], [""], ["Vexley"]]


def test_texts_of_arrow_are_taken_apart_wherever_they_lie() -> None:
    pa = pytest.importorskip("pyarrow", reason="vestige[tables]")
    assert list(loose(built([pa.array(["Quintero", "Vexley"])], 4))) == [["Quintero", "Vexley"]]
    assert list(loose(built([pa.array([1, 2])], 4))) == []


def test_offsets_that_lie_make_no_texts() -> None:
    lies: list[object] = [("x", "2", "0", "0", [None, b"\xff" * 24, b"abc"], [], None)]
    assert list(loose(lies)) == []
    assert list(frames([((lies,), [lies, lies])])) == []
