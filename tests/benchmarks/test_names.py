"""The benchmark of names runs to its end, on lists of its own, and says which bounds are met."""

# ruff: noqa: S311 - seeded for tests, not for secrets

import json
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import decoys, name_figures, name_trees, phantom
from benchmarks.name_figures import Judged, Recall, Share, Tally, Verdicts
from benchmarks.name_forms import FORMS
from benchmarks.name_judges import Judges, SetVerdict, Tier
from benchmarks.name_lists import Names
from benchmarks.name_page import Result
from vestige.model import Certainty

ROOT = Path(__file__).parents[2]
SURNAMES = str.split(
    "Quintero Rodriguez Schneider Kowalski Ferrari Dubois Hernandez Nakamura Petrovic Lindqvist "
    "Okonkwo Martinez Castellanos Wojciechowski Zimmermann Gutierrez Lefebvre Bianchi Novakova "
    "Johansson Papadopoulos Fernandez Kuznetsov Yamamoto Sanchez Delacroix Vandenberg"
)
GIVEN = str.split("Maria Jose Hans Piotr Giulia Claire Carlos Yuki Milan Astrid Lucia Peter")
NAMES = Names(
    "own", "xx", tuple((one, 0.0) for one in SURNAMES), tuple((one, 0.0) for one in GIVEN)
)
EMPTY = Result(
    *(
        "2031-01-02",
        "try",
        {"seed": "1"},
        (),
        (NAMES,),
        {},
        frozenset(),
        Recall({}, {}, {}, Tally()),
    ),
    *({}, {}, (), {}, (), None),
)


@pytest.fixture(scope="module")
def judges() -> Judges:
    return Judges()


def verdicts(result: Result) -> dict[str, str]:
    return {target.what: target.verdict for target in result.targets()}


def test_what_was_not_measured_is_said_to_be_so() -> None:
    assert set(verdicts(EMPTY).values()) == {"not measured"}


def test_a_certain_decoy_is_no_bound_met_and_surnames_by_design_are_none() -> None:
    said = Verdicts(Counter({"certain": 1, "missed": 9}))
    alarmed = replace(EMPTY, decoys={("towns: of X", "{W}", 200): said})
    assert verdicts(alarmed)["decoy sets: certain"] == "NOT met"
    named = {
        (f"{decoys.BY_DESIGN}: eponyms", "{W}", 200): said,
        ("drugs: x", "{W}", 30): Verdicts(),
    }
    named["drugs: x", "{W}", 30].add(SetVerdict(None, 0.0, 0.0))
    assert verdicts(replace(EMPTY, decoys=named))["decoy sets: certain"] == "met"
    assert "| towns: of X" in alarmed.page()


def test_sets_count_for_the_bound_from_twenty_lists_on() -> None:
    said = Verdicts(Counter({"certain": 9, "likely": 1}))
    cells = {(f"xx {n}", "{S}_{uuid}", 30): said for n in range(20)}
    assert verdicts(replace(EMPTY, sets=cells))["sets of 30: certain"] == "met"
    assert verdicts(replace(EMPTY, sets=cells))["sets of 30: missed"] == "met"
    cells.popitem()
    assert verdicts(replace(EMPTY, sets=cells))["sets of 30: certain"] == "not measured"


def test_templates_that_were_fitted_count_for_no_bound() -> None:
    form = next(form for form in FORMS if form.template == "{S}^{G}")
    tally = Tally(Counter({Tier.HIGH: 10}))
    found = replace(EMPTY, recall=Recall({form: tally}, {}, {}, Tally()))
    assert verdicts(found)["recall, caret"] == "met"
    assert (
        verdicts(replace(found, seen=frozenset({form.template})))["recall, caret"] == "not measured"
    )


def test_one_surname_at_high_is_too_many() -> None:
    met = replace(EMPTY, recall=Recall({}, {}, {}, Tally(Counter({Tier.MEDIUM: 9}))))
    assert verdicts(met)["one surname alone: high"] == "met"
    not_met = replace(EMPTY, recall=Recall({}, {}, {}, Tally(Counter({Tier.HIGH: 1}))))
    assert verdicts(not_met)["one surname alone: high"] == "NOT met"


def test_a_surname_of_two_words_is_not_alone(judges: Judges) -> None:
    both = Names("own", "xx", (("Rana Tharu", 0.0), ("Quintero", 0.0)), NAMES.given)
    found = name_figures.recall(judges, [both], 1, 200)
    drawn = next(tally for form, tally in found.by_form.items() if form.template == "{S}")
    assert 0 < found.alone.counts.total() < drawn.counts.total() == 200
    assert not found.alone.at(Tier.HIGH).hits


def test_names_at_high_in_software_are_held_to_their_bound() -> None:
    tally = Tally(Counter({Tier.SILENT: 990, Tier.HIGH: 10}))
    tree = Judged("node_modules", tally, 6_000, 5_500, Counter({"missed": 6_000}))
    found = verdicts(replace(EMPTY, trees=(tree,)))
    assert found["software trees: names at high, node_modules"] == "NOT met"
    assert found["real folders: certain"] == "met"
    page = replace(EMPTY, trees=(tree,)).page()
    assert "1.0% (0.5%-1.8%)" in page


def test_shares_tell_their_interval() -> None:
    assert str(Share(1, 4)) == "25.0% (4.6%-69.9%)"
    assert str(Share(0, 0)) == ""


def test_single_names_and_sets_are_judged_as_a_scan_judges_them(judges: Judges) -> None:
    assert judges.component("QUINTERO^MARIA") is Tier.HIGH
    assert judges.component("IM00001.dcm") is Tier.SILENT
    found = name_figures.named_sets(judges, [NAMES], 1, (30,), forms=False)
    assert found["xx own", "{S}_{uuid}", 30].of("certain", "likely").value == 1.0
    again = name_figures.named_sets(judges, [NAMES], 1, (30,), forms=False)
    assert found == again
    assert judges.siblings([f"series_{n}" for n in range(40)]) == SetVerdict(None, 0.0, 0.0)


def test_recall_is_told_by_template_and_list(judges: Judges) -> None:
    found = name_figures.recall(judges, [NAMES], 1, 5)
    carets = [tally for form, tally in found.by_form.items() if form.group == "caret"]
    assert all(tally.at(Tier.SAID).value >= 0.8 for tally in carets)
    assert not any(form.needs_native for form in found.by_form)
    assert found.by_list["xx own"].counts.total() == 5 * len(found.by_form)


def test_decoys_are_made_without_any_package(tmp_path: Path, judges: Judges) -> None:
    (tmp_path / "norsk").write_text(
        "\n".join(f"ord{c}" for c in "abcdefgh" * 8), encoding="latin-1"
    )
    made, _ = decoys.decoys(tmp_path)
    kinds = {one.kind for one in made}
    assert {"pseudonyms", "drugs", "protocols", "elements", "dictionaries"} <= kinds
    proquints = next(one for one in made if one.title == "proquints")
    assert proquints.draw(random.Random(1)) == proquints.draw(random.Random(1))
    few = [one for one in made if one.kind in {"protocols", "elements"}]
    found = name_figures.decoy_sets(judges, few, 1, (30,))
    assert not any(one.counts[str(Certainty.CERTAIN)] for one in found.values())


def test_a_tree_is_walked_and_copied_without_its_content(tmp_path: Path) -> None:
    inside = tmp_path / "tree" / "site-packages" / "numpy"
    inside.mkdir(parents=True)
    (tmp_path / "tree" / "a.txt").write_text("something")
    tree = name_trees.walked("x", (tmp_path / "tree",))
    assert tree.names == {"a.txt"}
    assert tree.folders == (("a.txt",),)
    assert name_trees.skeleton((tmp_path / "tree",), tmp_path / "copy") == 3
    copies = [path for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    assert [(path.name, path.stat().st_size) for path in copies] == [("a.txt", 0)]


def test_the_phantom_directory_is_read_from_the_reports_of_the_command(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    entries = phantom.built(volume, 300, 1) + phantom.peopled(volume, [NAMES], 1)
    assert entries == 2 * phantom.MEMBERS + 300
    found = phantom.told(phantom.scanned(volume, tmp_path / "out"), "own", entries)
    assert (found.families, found.rank, found.members) == (1, 1, phantom.MEMBERS)
    assert (found.band, found.above) == ("critical", 0)
    sure = replace(found, verdict="certain")
    assert sure.met
    assert not replace(sure, verdict="likely").met
    assert not replace(sure, rank=2).met
    assert not replace(sure, families=2).met
    assert not replace(sure, above=1).met


def test_people_may_lie_below_several_folders(tmp_path: Path) -> None:
    phantom.peopled(tmp_path, [NAMES], 1)
    entries = phantom.peopled(tmp_path, [NAMES], 1, parents=3)
    folders = sorted((tmp_path / "imaging" / "exports").iterdir())
    assert [folder.name for folder in folders] == ["batch-0001", "batch-0002", "batch-0003"]
    assert [len(list(folder.iterdir())) for folder in folders] == [phantom.MEMBERS // 3] * 3
    assert entries == 2 * phantom.MEMBERS + 3


def test_the_command_measures_and_writes_its_page(tmp_path: Path) -> None:
    for kind, names in (("surnames", SURNAMES), ("given", GIVEN)):
        (tmp_path / f"xx-own.{kind}.txt").write_text("\n".join(names), encoding="utf-8")
    script = str(ROOT / "benchmarks" / "names.py")
    asked = ("--quick", "--only", "sets", "--names", str(tmp_path), "--out", str(tmp_path / "out"))
    run = subprocess.run(
        (sys.executable, script, *asked, "--name", "try"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    (page,) = (tmp_path / "out").glob("*-names-try.md")
    tables = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["tables"]
    rows = {row["list"]: row for row in tables["Sets of surnames before a UUID by list"]}
    assert rows["xx own"]["n = 200"].endswith("/0"), "missed"
    assert "## Bounds" in page.read_text(encoding="utf-8")
    assert not any(surname in page.read_text(encoding="utf-8") for surname in SURNAMES)


def test_a_page_holds_all_that_was_measured() -> None:
    heads = {title for title, _, _ in EMPTY._tables()}
    assert {"Bounds", "Decoy sets by kind", "Real trees", "Speed and size"} <= heads
    assert EMPTY.page().count("## ") == 1
