"""The command `vestige roster`."""

from pathlib import Path

from tests.volumes import vestige

LIST = "Surname,Given name,MRN,DOB\nQuintero,Ana,0048291,1961-02-13\nZargothy,Ivo,0048292,\n"


def test_a_list_becomes_a_roster_without_names(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(LIST)
    ran = vestige(
        "roster", tmp_path / "people.csv", "--out", tmp_path / "site.roster", home=tmp_path
    )
    assert ran.code == 0, ran.text
    assert "2 people" in ran.text
    told = (tmp_path / "site.roster").read_bytes() + ran.text.encode()
    assert not [word for word in (b"uintero", b"argothy", b"48291") if word in told]


def test_nearly_equal_names_ask_for_more_digests(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(LIST)
    sizes = []
    for name, options in (("plain", ()), ("near", ("--near",))):
        arguments = (tmp_path / "people.csv", "--out", tmp_path / name, *options)
        assert vestige("roster", *arguments, home=tmp_path).code == 0
        sizes.append((tmp_path / name).stat().st_size)
    assert sizes[0] < sizes[1]


def test_a_list_of_nobody_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("\n")
    ran = vestige("roster", tmp_path / "none.csv", "--out", tmp_path / "r", home=tmp_path)
    assert ran.code == 2
    assert "names nobody" in " ".join(ran.text.split())
    assert not (tmp_path / "r").exists()
