"""What is said of files beside the images."""

import json
from pathlib import Path

import pytest

from benchmarks import bids_tree
from tests.run.test_examine import CATALOG, KEY, groups
from vestige import catalog
from vestige.model import Band, Where
from vestige.run import beside
from vestige.run.batch import Examined
from vestige.run.causes import Cause
from vestige.run.examine import Examiner
from vestige.trace import Trace

NAME = "Quintero^Maria"


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(CATALOG, catalog.policy("gdpr"), KEY)


def told(examined: Examined) -> set[tuple[str, str, Band]]:
    """The rule, the place and the severity of all that is said of a tree."""
    causes = {number for one in examined.sets.values() for number in one}
    found = (examined.causes.get(number) for number in causes)
    return {
        (one.claim.rule, one.place, one.claim.severity) for one in found if isinstance(one, Cause)
    }


def of_files(tmp_path: Path, files: dict[str, str]) -> set[tuple[str, str, Band]]:
    """What a worker that knows nothing yet says of some files."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return told(Examiner(CATALOG, catalog.policy("gdpr"), KEY).examine(groups(tmp_path)))


def test_a_tree_that_names_nobody_is_clean_and_what_is_planted_is_found(tmp_path: Path) -> None:
    bids_tree.write(tmp_path / "a", 1, 3)
    clean = told(Examiner(CATALOG, catalog.policy("gdpr"), KEY).examine(groups(tmp_path / "a")))
    assert {one for one in clean if one[2] >= Band.MEDIUM} == set()
    sidecar = next((tmp_path / "a").rglob("*T1w.json"))
    sidecar.write_text(json.dumps({**json.loads(sidecar.read_text()), "PatientName": NAME}))
    scans = next((tmp_path / "a").rglob("*scans.tsv"))
    scans.write_text("filename\tacq_time\nanat/a.nii.gz\t2017-06-15T10:00:00\n")
    dirty = told(Examiner(CATALOG, catalog.policy("gdpr"), KEY).examine(groups(tmp_path / "a")))
    assert {one[:2] for one in dirty if one[2] >= Band.MEDIUM} == {
        ("elements/direct-identifier", "PatientName"),
        ("elements/quasi-identifier", "column 2 AcquisitionDateTime"),
    }


def test_titles_say_that_it_stands_in_no_header(tmp_path: Path, examiner: Examiner) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"PatientName": NAME}))
    examined = examiner.examine(groups(tmp_path))
    titles = [
        one.claim.title
        for one in examined.causes.values()
        if isinstance(one, Cause) and one.where is Where.BESIDE
    ]
    assert titles == ["A direct identifier in a file beside the images: Patient's Name"]


def test_codes_of_studies_are_no_numbers_of_persons(tmp_path: Path) -> None:
    codes = {"a.json": json.dumps({"PatientID": "sub-0042", "AccessionNumber": "CASE_7"})}
    found = of_files(tmp_path, codes)
    assert all(severity < Band.MEDIUM for _, _, severity in found)


def test_columns_are_judged_by_their_cells(tmp_path: Path) -> None:
    names = (
        "Quintero Rodriguez Schneider Kowalski Ferrari Dubois Hernandez Nakamura Petrovic".split()
    )
    rows = "".join(f"{n},{name},left\n" for n, name in enumerate(names))
    found = of_files(tmp_path, {"a.csv": "n,who,side\n" + rows})
    assert ("names/column-of-names", "column 2", Band.HIGH) in found
    assert not {place for _, place, _ in found} & {"column 1", "column 3"}


def test_single_words_of_texts_are_milder(tmp_path: Path) -> None:
    alone = of_files(tmp_path / "a", {"a.txt": "please ask Quintero for the images\n"})
    assert all(severity <= Band.MEDIUM for _, _, severity in alone)
    whole = of_files(tmp_path / "b", {"a.txt": "please ask Quintero, Maria for the images\n"})
    assert ("names/person-name", "text", Band.CRITICAL) in whole


def test_a_text_that_is_given_again_says_the_same(tmp_path: Path) -> None:
    text = json.dumps({"A": "x", "PatientName": NAME, "B": "to maria.quintero@kh.test"}, indent=1)
    for name in ("a.json", "b.json", "c.json"):
        (tmp_path / name).write_text(text)
    examined = Examiner(CATALOG, catalog.policy("gdpr"), KEY).examine(groups(tmp_path))
    sets = {examined.outcomes[code].findings for code in examined.codes[1:]}
    assert len(sets) == 1
    assert len(examined.sets[sets.pop()]) > 1


def test_texts_beyond_what_is_judged_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "_TEXTS", 3)
    lines = "".join(f"Quintero{n} Kowalski{n}x was seen by all\n" for n in range(1000, 1020))
    (tmp_path / "a.txt").write_text(lines)
    examined = Examiner(CATALOG, catalog.policy("gdpr"), KEY).examine(groups(tmp_path))
    assert [one.code for one in examined.problems] == ["text-budget"]


def test_what_one_file_was_cut_of_is_judged_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "_TEXTS", 3)
    noise = "".join(f"Quintero{n} Kowalski{n}x was seen by all\n" for n in range(1000, 1020))
    telling = "Dear Mr. Juan Quintero, thank you for coming to the examination\n"
    (tmp_path / "a.txt").write_text(noise + telling)
    (tmp_path / "b.txt").write_text(telling)
    examined = Examiner(CATALOG, catalog.policy("gdpr"), KEY).examine(groups(tmp_path))
    of_second = examined.sets[examined.outcomes[examined.codes[-1]].findings]
    found = (examined.causes[one] for one in of_second)
    assert "names/person-name" in {one.claim.rule for one in found if isinstance(one, Cause)}


def test_whom_a_text_speaks_of_is_asked_of_each_text(tmp_path: Path) -> None:
    texts = (
        "Quintero saw rose young as well",
        "Quintero saw hope hill as well",
        "Quintero saw the old scan as well",
    )

    def left(order: list[int]) -> dict[str, set[bytes]]:
        found: dict[str, set[bytes]] = {}
        examiner = Examiner(CATALOG, catalog.policy("gdpr"), KEY)
        known: dict[int, object] = {}
        for number in order:
            folder = tmp_path / str(number)
            folder.mkdir(exist_ok=True)
            (folder / "a.txt").write_text(texts[number] + "\n")
            examined = examiner.examine(groups(folder))
            known |= examined.causes
            told = examined.sets[examined.outcomes[examined.codes[-1]].findings]
            found[texts[number]] = {
                one.marks for one in map(known.get, told) if isinstance(one, Trace)
            }
        return found

    forward = left([0, 1, 2])
    assert forward == left([2, 1, 0])
    assert len({frozenset(one) for one in forward.values()}) == len(texts)
