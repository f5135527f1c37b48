"""JSON that is too long to be held."""

import json
import random

import pytest

from vestige.read.beside import in_json, large
from vestige.read.beside.large import of_json
from vestige.read.beside.parts import Lost, Part, Told

_RECORDS = [
    {"PatientName": f"Quintero{n}^Maria", "n": n, "of": {"PatientID": f"4711-{n}"}, "not": None}
    for n in range(40)
]


def _told(parts: list[Part]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part in parts:
        if isinstance(part, Told):
            found.setdefault(part.place.pointer, set()).update(part.texts)
        elif isinstance(part, Lost):
            found.setdefault("lost", set()).add(part.code)
    return found


def _in_pieces(text: str, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - no secret
    cuts = sorted(chance.sample(range(len(text)), 60))
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "text",
    [
        json.dumps(_RECORDS),
        json.dumps({str(n): one for n, one in enumerate(_RECORDS)}, indent=1),
        "".join(json.dumps(one) + "\n" for one in _RECORDS),
        json.dumps([1234567, 12345678, "null", None, _RECORDS[:30]]),
    ],
    ids=["list", "object", "lines", "values"],
)
def test_records_tell_what_they_would_as_one(
    text: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "_BATCH", 300)
    monkeypatch.setattr(large, "_KEPT", 8)
    whole = _told(list(in_json.read_json(text)))
    assert len(whole["PatientName"]) >= 30
    assert _told(list(of_json(_in_pieces(text, seed)))) == whole


def test_what_never_ends_is_a_loss_and_read_as_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "LONGEST", 400)
    monkeypatch.setattr(large, "_KEPT", 8)
    text = json.dumps([_RECORDS[0], {"all": _RECORDS}], indent=1)
    found = _told(list(of_json(_in_pieces(text, 1))))
    assert found["lost"] == {"structure-lost"}
    assert "Quintero0^Maria" in found["PatientName"]
    assert any("Quintero39^Maria" in line for line in found["text"])


@pytest.mark.parametrize(
    "text", ['[{"a": "Quintero"}, {"a": ', '{"a": "Quintero", "b" 3}', "[1, }"]
)
def test_what_is_cut_off_or_none_is_a_loss(text: str) -> None:
    assert "structure-lost" in _told(list(of_json([text])))["lost"]
    assert "lost" not in _told(list(of_json([' [1, 2, {"a": []}]\n ', ""])))
