import os
import shutil
from collections.abc import Generator
from pathlib import Path, PosixPath
from typing import Self

import pytest

from tests.catalog.rules import FILE
from vestige import catalog, shipped
from vestige.catalog import Catalog, load
from vestige.catalog.rule import ElementsMatch, PatternMatch
from vestige.model import RuleError

SHIPPED = load()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped rules, tables and lexicons, which no test changes."""
    folder = tmp_path_factory.mktemp("catalog") / "rules"
    with_data = shutil.ignore_patterns("*.py", "__pycache__")
    shutil.copytree(str(shipped.rules()), folder, ignore=with_data)
    return folder


@pytest.fixture
def root(original: Path, tmp_path: Path) -> Path:
    """A copy of its own: the files are links to the originals until they are written anew."""
    shutil.copytree(original, tmp_path / "rules", copy_function=os.link)
    return tmp_path / "rules"


def rewrite(path: Path, raw: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(raw)


def refusal(root: Path, *extra: Path) -> str:
    with pytest.raises(RuleError) as error:
        load(extra, root)
    return str(error.value)


def site(folder: Path, name: str = "good", raw: str = FILE) -> Path:
    (folder / "site").mkdir(parents=True, exist_ok=True)
    (folder / "site" / f"{name}.toml").write_text(raw)
    return folder


def test_the_shipped_catalog_is_whole() -> None:
    ids = [rule.id for rule in SHIPPED.rules]
    assert ids == sorted(set(ids))
    assert len(ids) >= 26
    assert SHIPPED.rule("names/person-name").id == "names/person-name"
    with pytest.raises(RuleError, match="there is no rule 'no/such'"):
        SHIPPED.rule("no/such")


def test_every_class_that_is_judged_has_its_rule() -> None:
    matches = {rule.match for rule in SHIPPED.rules if isinstance(rule.match, ElementsMatch)}
    rows = SHIPPED.tables.attributes.values()
    judged = {row.row_class for row in rows if row.judged in ("presence", "answer")}
    assert {match.row_class for match in matches if match.table == "elements"} == judged
    assert {match.table for match in matches} >= {"private_identifying", "private_unlisted"}


def test_a_copy_is_the_same_catalog(root: Path) -> None:
    assert load((), root).digest == SHIPPED.digest


class Backwards(PosixPath):
    """A folder that lists its entries the other way round."""

    def iterdir(self) -> Generator[Self, None, None]:
        yield from sorted(super().iterdir(), reverse=True)


def test_the_order_of_listing_changes_nothing(root: Path, tmp_path: Path) -> None:
    listed = [item.name for item in Backwards(root).iterdir()]
    assert listed == sorted(listed, reverse=True)
    backwards = load((), Backwards(root))
    assert backwards.digest == SHIPPED.digest
    assert [rule.id for rule in backwards.rules] == [rule.id for rule in SHIPPED.rules]
    one, two = site(tmp_path / "1", "one"), site(tmp_path / "2", "two")
    assert load((one, two), root).digest == load((two, one), root).digest


@pytest.mark.parametrize(
    "name",
    [
        "names/lone-surname.toml",
        "elements/staff.toml",
        "tables/elements.csv",
        "tables/dummies.csv",
        "tables/private_safe.csv",
        "tables/private_identifying.csv",
        "tables/private_dispositions.csv",
        "tables/uid_roots.csv",
        "lexicons/weights.csv",
        "lexicons/cells.csv",
    ],
)
def test_any_byte_changes_the_digest(name: str, root: Path) -> None:
    path = root / name
    raw = path.read_bytes()
    first, rest = raw.split(b"\n", 1)
    rewrite(path, (first + b" " if first.startswith(b"#") else b"#\n" + first) + b"\n" + rest)
    changed = load((), root)
    assert changed.digest != SHIPPED.digest
    rewrite(path, raw)
    assert load((), root).digest == SHIPPED.digest


def test_a_new_name_changes_the_digest(root: Path) -> None:
    (root / "names" / "lone-surname.toml").rename(root / "names" / "other.toml")
    assert load((), root).digest != SHIPPED.digest


def test_rules_of_a_site_are_added(tmp_path: Path) -> None:
    extended = load([site(tmp_path)])
    assert isinstance(extended, Catalog)
    assert extended.rule("site/good").title == "T"
    assert len(extended.rules) == len(SHIPPED.rules) + 1
    assert extended.digest != SHIPPED.digest


def test_two_rules_of_one_id_are_refused(root: Path, tmp_path: Path) -> None:
    one, two = site(tmp_path / "1"), site(tmp_path / "2")
    assert refusal(root, one, two) == "site/good.toml: a rule of this id is loaded already"


def test_two_rules_for_the_same_rows_are_refused(root: Path, tmp_path: Path) -> None:
    staff = (root / "elements" / "staff.toml").read_text()
    says = refusal(root, site(tmp_path / "site", raw=staff))
    assert says == "site/good.toml: match.elements: elements/staff claims these rows"


def test_a_class_that_no_table_has_is_refused(root: Path, tmp_path: Path) -> None:
    lost = (root / "elements" / "staff.toml").read_text().replace('class = "staff"', 'class = "x"')
    says = refusal(root, site(tmp_path / "site", raw=lost))
    assert says == "site/good.toml: match.elements.class: 'x' is no class of elements"


def test_a_table_that_nothing_uses_is_refused(root: Path) -> None:
    (root / "tables" / "spare.csv").write_text("# source\na\n1\n")
    assert refusal(root) == "tables/spare.csv: nothing uses this table"


def test_a_rule_that_would_never_be_read_is_refused(root: Path, tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    (folder / "loose.toml").write_text(FILE)
    assert refusal(root, folder).startswith("'loose.toml': lies in no subject")
    (folder / "loose.toml").unlink()
    (folder / "site" / "deep").mkdir()
    (folder / "site" / "deep" / "er.toml").write_text(FILE)
    assert refusal(root, folder).startswith("'er.toml': lies in no subject")


def test_a_folder_without_rules_is_refused(root: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    assert "does not exist" in refusal(root, empty)
    (empty / "policies").mkdir(parents=True)
    (empty / "policies" / "p.toml").write_text("x = 1")
    (empty / "subject").mkdir()
    assert "holds no rule" in refusal(root, empty)
    file = tmp_path / "file"
    file.write_text("x")
    assert "is no folder" in refusal(root, file)


@pytest.mark.parametrize("name", ["a b", "ä", ".hidden", "a" * 65, "\udcff"])
def test_odd_names_of_rules_are_refused(name: str, root: Path, tmp_path: Path) -> None:
    folder = site(tmp_path / "site", name)
    assert "are named in letters, digits, - and _" in refusal(root, folder)


def test_a_rule_that_cannot_be_read_is_refused(root: Path, tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    os.symlink("loop.toml", folder / "site" / "loop.toml")
    assert [rule.id for rule in load((folder,), root).rules if rule.id.startswith("site/")] == [
        "site/good"
    ]
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (folder / "site" / "good.toml").chmod(0)
    assert "cannot be read: PermissionError" in refusal(root, folder)


def test_a_broken_rule_of_a_site_is_named(root: Path, tmp_path: Path) -> None:
    folder = site(tmp_path / "site", raw=FILE.replace("title", "titel"))
    assert refusal(root, folder) == "site/good.toml: title: is missing"


def test_expressions_of_shipped_rules_are_sound(root: Path) -> None:
    """What a scan does not ask of them is asked here: their copies are rules of somebody else."""
    ours, others = catalog.load().rules, catalog.load(root=root).rules
    asked = [one.match.expression for one in others if isinstance(one.match, PatternMatch)]
    assert len(asked) > 20
    assert all("compiled" in vars(expression) for expression in asked)
    assert ours == others


def test_the_digest_of_the_shipped_catalog_is_had_without_loading_it() -> None:
    assert catalog.digest_of_shipped() == catalog.load().digest


def test_what_was_loaded_before_is_known_by_its_bytes_alone(root: Path) -> None:
    first, again = load((), root), load((), root)
    assert again.digest == first.digest
    assert again.tables is first.tables
    assert again.rules == first.rules
    table = root / "tables" / "uid_roots.csv"
    rewrite(table, table.read_bytes() + b"1.2.3.4.5.6.7,somebody,vendor\n")
    rule = root / "names" / "person-name.toml"
    rewrite(rule, rule.read_bytes().replace(b"certainty", b"# other\ncertainty", 1))
    other = load((), root)
    assert other.digest != first.digest
    assert (first.tables.uid_kind("1.2.3.4.5.6.7.8"), other.tables.uid_kind("1.2.3.4.5.6.7.8")) == (
        "",
        "vendor",
    )


def test_only_shipped_expressions_are_known_to_end_soon(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "mine"
    folder.mkdir(parents=True)
    (folder / "other.toml").write_bytes(
        shipped.rules().joinpath("identifiers/us-ssn.toml").read_bytes()
    )
    loaded = load([tmp_path / "own"])
    matches = [loaded.rule(name).match for name in ("identifiers/us-ssn", "mine/other")]
    assert [isinstance(one, PatternMatch) and one.ends_soon for one in matches] == [True, False]
