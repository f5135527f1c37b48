"""What a scan came to stands on one screen, and a finding line by line, without a name."""

from pathlib import Path

import pytest

from tests.accepted import FAMILY, SURNAMES, Site, found, reviewed
from vestige.cli.result import lines, say


def test_a_scan_and_a_finding_are_told_masked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = Site(tmp_path)
    site.plant()
    review = reviewed(site.scan())
    say(review)
    one = found(review, FAMILY)
    told = capsys.readouterr().out + "\n".join(lines(one))
    for said in ("Coverage: ", "Verdict: BLOCK.", f"{one.number}  {one.risk.band.word}", "remedy "):
        assert said in told
    assert not [name for name in (*SURNAMES, "Zargothy") if name in told]
