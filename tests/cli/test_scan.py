"""A scan by its command: what it accepts, what it prints, how it ends."""

from pathlib import Path

import pytest

from tests.volumes import planted, vestige


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    planted("phantom-directory", folder / "volume")
    ran = vestige("scan", folder / "volume", "--out", folder / "out", home=folder)
    assert ran.code == 1, ran.text
    return folder


def test_a_scan_says_result_coverage_verdict_and_where_the_report_lies(scanned: Path) -> None:
    ran = vestige(
        "scan",
        scanned / "volume",
        "--out",
        scanned / "again",
        "--fail-on",
        "critical",
        home=scanned,
    )
    assert ran.code == 1
    for said in ("A phantom directory", "Coverage:", "Verdict: BLOCK", "report.html", "entries in"):
        assert said in ran.text


def test_the_band_that_counts_decides_the_exit_code(tmp_path: Path) -> None:
    planted("private-tags", tmp_path / "volume")
    codes = [
        vestige(
            *("scan", tmp_path / "volume", "--out", tmp_path / band, "--fail-on", band),
            home=tmp_path,
        ).code
        for band in ("info", "critical")
    ]
    assert codes[0] == 1
    assert codes[1] in (0, 1, 3)


def test_a_scan_is_never_written_over_another(scanned: Path) -> None:
    ran = vestige("scan", scanned / "volume", "--out", scanned / "out", home=scanned)
    assert ran.code == 2
    assert "holds a scan already" in " ".join(ran.text.split())


def test_resuming_a_complete_scan_writes_its_reports_again(scanned: Path) -> None:
    kept = (scanned / "out" / "scan.sqlite").read_bytes()
    report = (scanned / "out" / "report.html").read_bytes()
    (scanned / "out" / "report.html").unlink()
    ran = vestige("scan", scanned / "volume", "--out", scanned / "out", "--resume", home=scanned)
    assert ran.code == 1, ran.text
    assert (scanned / "out" / "report.html").read_bytes() == report
    assert (scanned / "out" / "scan.sqlite").read_bytes() == kept


def test_a_scan_is_resumed_only_as_it_was_begun(scanned: Path) -> None:
    (scanned / "other.key").write_bytes(b"o" * 32)
    for option, value, said in (
        ("--policy", "hipaa", "other policy"),
        ("--fail-on", "low", "other fail on"),
        ("--key", scanned / "other.key", "other key"),
    ):
        arguments = ("--out", scanned / "out", "--resume", option, value)
        ran = vestige("scan", scanned / "volume", *arguments, home=scanned)
        assert ran.code == 2
        assert said in ran.text


def test_rules_of_a_site_count(scanned: Path, tmp_path: Path) -> None:
    (tmp_path / "rules" / "site").mkdir(parents=True)
    rule = tmp_path / "rules" / "site" / "series.toml"
    rule.write_text(
        'title = "A series folder"\nwhy = "w"\nremedy = "r"\nseverity = "high"\ncertainty = 1.0\n'
        'where = ["path"]\nidentifies = "site"\nbasis = ["ours"]\nsince = "1"\n\n'
        '[match.pattern]\nregex = "^(?P<value>S[0-9]{3})$"\n\n'
        '[[example]]\ntext = "S001"\nfinds = ["S001"]\n\n'
        '[[example]]\ntext = "X"\nfinds = []\nbecause = "no series"\n',
        encoding="utf-8",
    )
    folder = tmp_path / "rules"
    assert vestige("rules", "check", folder, home=tmp_path).code == 0
    assert "site/series" in vestige("rules", "list", "--rules", folder, home=tmp_path).text
    arguments = ("--out", tmp_path / "o", "--rules", folder)
    ran = vestige("scan", scanned / "volume", *arguments, home=tmp_path)
    assert "site/series" in (tmp_path / "o" / "findings.csv").read_text(encoding="utf-8"), ran.text
    rule.write_text(rule.read_text(encoding="utf-8").replace('finds = ["S001"]', 'finds = ["S"]'))
    ran = vestige(
        "scan", scanned / "volume", "--out", tmp_path / "p", "--rules", folder, home=tmp_path
    )
    assert ran.code == 2
    assert "example 1 is not borne out" in " ".join(ran.text.split())


def test_the_key_decides_the_tokens(scanned: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"k" * 32)
    arguments = ("--out", tmp_path / "o", "--key", tmp_path / "key")
    assert vestige("scan", scanned / "volume", *arguments, home=tmp_path).code == 1
    assert not (tmp_path / "data").exists()
