"""The command that explains: aligned for people, JSON for programs, in clear for who typed it."""

import json
from pathlib import Path

from tests.volumes import vestige

NAMES = "GARCIA LOPEZ QUINTERO KOWALSKI SCHMIDT ROSSI MARTINEZ RODRIGUEZ HERNANDEZ NOVAK".split()
UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c33"
SIBLINGS = [f"{name}_{UUID}{number:02}" for number, name in enumerate(NAMES)]


def test_a_name_is_explained_on_one_screen(tmp_path: Path) -> None:
    ran = vestige("explain", "GARCIA_LOPEZ_19610203", home=tmp_path)
    assert ran.code == 0, ran.text
    for said in ("common surname", "pair-date", "shape:pair-date", "names/person-name", "verdict"):
        assert said in ran.text
    assert "critical as a finding of one file" in ran.text
    assert "as siblings" not in ran.text


def test_standard_input_is_read_a_line_a_text(tmp_path: Path) -> None:
    given = "\n".join(SIBLINGS)
    ran = vestige("explain", "-", "--format", "json", home=tmp_path, told=given)
    said = json.loads(ran.out)
    assert [one["text"] for one in said["texts"]] == SIBLINGS
    assert said["siblings"][0]["verdict"] in {"certain", "likely"}
    assert len(said["siblings"][0]["members"]) == len(SIBLINGS)
    first = said["texts"][0]
    assert first["tokens"][0]["text"] == "GARCIA"
    assert any(candidate["shape"] == "name-uuid" for candidate in first["candidates"])


def test_siblings_are_told_for_people(tmp_path: Path) -> None:
    ran = vestige("explain", *SIBLINGS, home=tmp_path)
    assert "10 texts as siblings" in ran.text
    assert ": {word}_{uuid}, 10 of 10" in ran.text
    ran = vestige("explain", *(f"series_{number}" for number in range(7)), home=tmp_path)
    assert "no family" in ran.text


def test_an_element_is_judged_as_one(tmp_path: Path) -> None:
    options = ("--place", "(0010,21B0)", "--vr", "LT")
    ran = vestige("explain", "Quintero, 56yo, chest pain", *options, home=tmp_path)
    assert ran.code == 0, ran.text
    assert "names/aged-name" in ran.text
    ran = vestige("explain", "Quintero", "--place", "PatientName", home=tmp_path)
    assert ran.code == 2
    ran = vestige("explain", "Quintero", "--format", "xml", home=tmp_path)
    assert ran.code == 2
    ran = vestige("explain", "Quintero", "--place", "(0010,21B0)", "--vr", "ZZ", home=tmp_path)
    assert ran.code == 2
    assert "there is no VR 'ZZ'" in ran.text


def test_control_characters_move_no_cursor(tmp_path: Path) -> None:
    ran = vestige("explain", "Quintero\x1b[2J", home=tmp_path)
    assert "\x1b" not in ran.text


def test_the_help_warns_of_logs_and_history(tmp_path: Path) -> None:
    said = " ".join(vestige("explain", "--help", home=tmp_path).text.split())
    assert "in clear" in said
    assert "history of the shell" in said
