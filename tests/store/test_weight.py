from pathlib import Path

from tests.run.test_known import image, scanned, text
from vestige.model import Band, Kind
from vestige.store import Store


def test_files_and_folders_with_grave_findings(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    image(volume / "a" / "1.dcm", 1, text("PatientName", "Zargothy^Quillonia"))
    image(volume / "b" / "2.dcm", 2)
    out, _ = scanned(volume)
    store = Store.open(out / "scan.sqlite")
    numbers = {name: number for number, name in store.directories()}
    files = {row.name: row.id for row in store.rows() if row.kind is Kind.FILE}
    every = [row.id for row in store.rows()]
    assert store.weight.files(Band.HIGH, every) == [files[b"1.dcm"]]
    assert store.weight.files(Band.HIGH, [files[b"2.dcm"]]) == []
    assert store.weight.few(Band.HIGH, 1) == ([files[b"1.dcm"]], [b"1.dcm"])
    assert store.weight.few(Band.HIGH, 0) is None
    both = (numbers[b"a"], numbers[b"b"])
    assert store.weight.folders(Band.HIGH, both) == {numbers[b"a"]}
    assert store.weight.folders(Band.HIGH, ()) == set()
    assert store.weight.files(Band.CRITICAL + 1, every) == []  # type: ignore[arg-type]
    store.close()
