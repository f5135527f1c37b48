"""Outcomes of a batch get the numbers of the scan file, each once, in the order of the entries."""

from io import BytesIO
from pathlib import Path

from pydicom.uid import ExplicitVRLittleEndian

from tests.run.test_examine import CATALOG, KEY, groups
from tests.run.test_series import empty
from vestige import catalog
from vestige.run.examine import Examiner
from vestige.run.numbers import Numbers
from vestige.run.outcomes import Columns, Outcomes
from vestige.store import Store

FILES = 12


def image(number: int) -> bytes:
    data = empty(f"1.2.3.1.{number}", ExplicitVRLittleEndian)
    data.SOPInstanceUID = f"1.2.3.1.{number}"
    data.PatientName = "Probe^Paula"
    data.SeriesInstanceUID = "1.2.3.1"
    data.AcquisitionTime = f"1011{number:02}"
    buffer = BytesIO()
    data.save_as(buffer)
    return buffer.getvalue()


def kept(folder: Path) -> tuple[Store, list[int], Columns]:
    """The numbers of a series in a scan file of its own."""
    for number in range(FILES):
        (folder / f"IM{number:02}").write_bytes(image(number))
    store = Store.create(folder.parent / "scan.sqlite")
    examined = Examiner(CATALOG, catalog.policy("gdpr"), KEY).examine(groups(folder))
    outcomes = Outcomes(store, Numbers(store), None)
    return store, *outcomes.of(range(len(examined.codes)), examined, {})


def test_files_of_a_series_share_an_outcome_and_each_value_counts(tmp_path: Path) -> None:
    (tmp_path / "volume").mkdir()
    store, numbers, columns = kept(tmp_path / "volume")
    of_files = numbers[-FILES:]
    assert len(set(of_files[4:])) == 1
    assert len(set(columns.contents[-FILES:][4:])) == 1
    assert len(set(columns.extras[-FILES:][4:])) == FILES - 4
    times = next(one for one in store.findings() if one.place == "(0008,0032)")
    assert store.values(times.id, 0)[0] == FILES
    assert all(columns.accounts[-FILES:])
