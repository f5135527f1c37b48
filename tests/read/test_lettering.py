from importlib.util import find_spec

import numpy as np
import pytest

from tests.drawn import drawn
from vestige.model import UsageError
from vestige.read import lettering
from vestige.read.lettering import Lettering, demand_engine

BORN = "Born 12.03.1961"


@pytest.fixture(scope="module")
def engine() -> Lettering:
    if find_spec("rapidocr") is None:
        pytest.skip("the extra `ocr` is not installed")
    return Lettering()


@pytest.mark.parametrize("dark", [False, True])
def test_lines_are_read_on_dark_and_on_light_ground(engine: Lettering, *, dark: bool) -> None:
    lines = engine.lines(np.asarray(drawn("QUINTERO, MARIA", "4711987", dark=dark)))
    assert {"QUINTERO,MARIA", "4711987"} <= {line.replace(" ", "") for line in lines}


def test_a_large_picture_is_read_in_parts(engine: Lettering) -> None:
    large = np.zeros((1_700, 3_000), np.uint8)
    large[1_190:1_670, 2_300:2_940] = np.asarray(drawn("QUINTERO", BORN))
    assert BORN in engine.lines(large)


def test_colours_and_empty_pictures(engine: Lettering) -> None:
    coloured = np.stack([np.asarray(drawn("MARIA"))] * 4, axis=-1)
    assert "MARIA" in engine.lines(coloured)
    assert engine.lines(np.zeros((64, 64), np.uint8)) == ()
    assert engine.lines(np.zeros((1, 1), np.uint8)) == ()


def test_who_asks_for_it_without_the_engine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"rapidocr.*pip install 'vestige\[ocr\]'"):
        demand_engine()
