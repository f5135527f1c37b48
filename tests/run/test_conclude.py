"""What all entries together tell, in the order in which one thing rests on another."""

from pathlib import Path

from tests.run.test_known import image, text
from vestige import api


def test_each_step_rests_on_what_those_before_it_found(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    surnames = ("Quintero", "Bosch", "Ferrer", "Salas", "Prieto", "Moreno", "Navarro", "Ibarra")
    for number, surname in enumerate(surnames, 1):
        uuid = f"{number:08}-0000-4000-8000-000000000000"
        image(volume / "export_v1" / f"{surname.upper()}_{uuid}" / "1.dcm", number)
        image(volume / "clean" / f"{number:04}.dcm", number)
    image(volume / "notes" / "1.dcm", 99, text("ImageComments", "see Quintero, Maria"))
    found = {one.finding.claim.rule for one in api.scan(volume, out=tmp_path / "o").review.findings}
    # A family of names, the clean copy of what lies in it, and the leftover in which both were.
    assert {"tree/phantom-directory", "linkage/phantom-copy", "tree/leftover"} <= found
