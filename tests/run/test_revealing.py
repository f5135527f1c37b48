"""The page in clear: it names people, says so in red, and is never taken for the masked one."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.accepted import FAMILY, MORE, NAME, SURNAMES, Site, found
from vestige.cli.commands import app
from vestige.model import UsageError
from vestige.reports.html import html
from vestige.run import outputs
from vestige.run.revealing import revealed
from vestige.run.review import open_review

BANNER = "In clear: this report names people."


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("site"))
    site.plant()
    return site.scan()


def test_names_and_values_stand_in_clear_in_a_file_of_another_name(
    file: Path, tmp_path: Path
) -> None:
    store, review = open_review(file)
    made = revealed(store, review)
    path = outputs.write_revealed(made, tmp_path)
    store.close()
    text = path.read_text(encoding="utf-8")
    assert path.name == "report-REVEALED.html"
    assert path.stat().st_mode & 0o777 == 0o600
    assert text.index(BANNER) < text.index("<main")
    named = [name for name in (*SURNAMES, *MORE) if name in text]
    assert len(named) == 6, "as many examples of a family as a card shows"
    assert "Zargothy^Quillonia" in text
    assert found(made, NAME, "(0010,0020)").values == ("48291377",)
    family = found(made, FAMILY)
    assert family.paths == (str(file.parents[1] / "volume" / "cohort_b"),)
    assert family.number == found(review, FAMILY).number


def test_the_masked_page_has_no_banner(file: Path) -> None:
    store, review = open_review(file)
    text = html(review)
    store.close()
    assert BANNER not in text
    assert not [name for name in (*SURNAMES, *MORE, "Zargothy", "48291377") if name in text]


def test_what_cannot_be_read_any_more_is_said(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.plant()
    scan = site.scan()
    for path in sorted(site.volume.rglob("*.dcm")):
        path.unlink()
    store, review = open_review(scan)
    made = revealed(store, review)
    store.close()
    assert "(cannot be read now)" in found(made, NAME).values
    assert len(made.findings) == len(review.findings)


def test_the_command_writes_the_page_alone(file: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["report", str(file), "--reveal", "--out", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    assert [path.name for path in tmp_path.iterdir()] == ["report-REVEALED.html"]
    ran = CliRunner().invoke(app, ["report", str(file), "--reveal", "--format", "csv"])
    assert isinstance(ran.exception, UsageError)
