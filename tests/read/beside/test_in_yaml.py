"""YAML."""

import pytest

from tests.read.beside.told import told
from vestige.read.beside import in_yaml, texts
from vestige.read.beside.parts import Listed, Told

_KEYS = "".join(
    f"series{n}:\n- note: of Kowalski{n}\n  patient:\n    name: Quintero{n}\n" for n in range(50)
)
_ITEMS = "".join(f"- patient:\n    name: Quintero{n}\n  a: b\n" for n in range(50))


@pytest.mark.parametrize("text", [_KEYS, _ITEMS, "---\n" + _KEYS], ids=["keys", "items", "marked"])
def test_what_is_too_long_is_read_by_its_outermost_keys(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(texts.read, text.encode())
    monkeypatch.setattr(in_yaml, "MOST", 200)
    monkeypatch.setattr(in_yaml, "_TOGETHER", 100)
    stretches = [text[at : at + 70] for at in range(0, len(text), 70)]
    found: dict[str, set[str]] = {}
    for part in in_yaml.read_in_parts(stretches):
        if isinstance(part, Listed):
            continue
        assert isinstance(part, Told)
        found.setdefault(part.place.pointer, set()).update(part.texts)
    assert found["PatientName"] == set(whole["PatientName"])
    assert len(found["PatientName"]) == 50


def test_what_has_one_key_for_all_is_a_loss_and_read_as_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_yaml, "MOST", 200)
    monkeypatch.setattr(in_yaml, "_TOGETHER", 100)
    text = "all:\n" + "".join(f"  k{n}:\n    who: Kowalski{n}\n" for n in range(60))
    found = told(texts.read, text.encode())
    assert found["lost"] == ["structure-lost"]
    assert "    who: Kowalski59" in found["text"]
