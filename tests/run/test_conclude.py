"""What all entries together tell, in the order in which one thing rests on another."""

from pathlib import Path

import pytest

from tests.run.test_known import image, text
from vestige import api
from vestige.run import conclude as conclusions


def planted(volume: Path) -> Path:
    """A family of names, clean copies of what lies in it, and a text that names one of them."""
    surnames = ("Quintero", "Bosch", "Ferrer", "Salas", "Prieto", "Moreno", "Navarro", "Ibarra")
    for number, surname in enumerate(surnames, 1):
        uuid = f"{number:08}-0000-4000-8000-000000000000"
        image(volume / "export_v1" / f"{surname.upper()}_{uuid}" / "1.dcm", number)
        image(volume / "clean" / f"{number:04}.dcm", number)
    image(volume / "notes" / "1.dcm", 99, text("ImageComments", "see Quintero, Maria"))
    return volume


def told(volume: Path, out: Path, jobs: int) -> list[tuple[str, str, str]]:
    review = api.scan(volume, out=out, jobs=jobs).review
    return [(f.finding.claim.rule, f.finding.claim.title, f.finding.place) for f in review.findings]


def test_each_step_rests_on_what_those_before_it_found(tmp_path: Path) -> None:
    found = {rule for rule, *_ in told(planted(tmp_path / "volume"), tmp_path / "o", 1)}
    # A family of names, the clean copy of what lies in it, and the leftover in which both were.
    assert {"tree/phantom-directory", "linkage/phantom-copy", "tree/leftover"} <= found


@pytest.mark.parametrize("members", [20_000, 3])
def test_what_is_read_beside_is_the_same(
    members: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(conclusions, "_MEMBERS", members)
    volume = planted(tmp_path / "volume")
    asked: list[tuple[bool, bool]] = []
    real = conclusions._Reading.done

    def done(self: conclusions._Reading) -> tuple[object, bool]:
        families, copied = real(self)
        asked.append((families is None, copied))
        return families, copied

    monkeypatch.setattr(conclusions._Reading, "done", done)
    assert told(volume, tmp_path / "two", 2) == told(volume, tmp_path / "one", 1)
    assert asked == [(members == 3, True)]
