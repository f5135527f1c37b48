"""What the page tells of a phantom directory beyond its figures."""

from dataclasses import replace

from vestige.model import GONE
from vestige.reports.phantom import phantoms, steps
from vestige.review import Review


def test_commands_name_the_finding_and_no_path(realistic: Review) -> None:
    first, _ = phantoms(realistic, 50)
    commands = [command for step in first.steps for command in step.commands]
    assert commands == [
        "vestige show . F11 --reveal",
        (
            'vestige custody open case-F11 --by "NAME, ROLE" '
            '--because "phantom directory, finding F11"'
        ),
        "vestige custody seal case-F11 VOLUME",
        "vestige custody seal case-F11 F11 --scan .",
        "vestige custody verify case-F11 E2 --against COPY",
        "vestige custody record-deletion case-F11 E2 --rest E1 --copy COPY",
        "vestige scan VOLUME --out after",
        "vestige compare . after",
    ]
    assert first.origin[0].startswith("Its path says “export”")


def test_what_a_file_tells_of_is_not_sealed(realistic: Review) -> None:
    ranked = realistic.findings[0]
    assert ranked.family is not None
    told = steps(ranked, replace(ranked.family, headers=GONE))
    assert not [command for step in told for command in step.commands if "custody" in command]


def test_no_more_than_asked_for(realistic: Review) -> None:
    assert [one.ranked.number for one in phantoms(realistic, 1)] == ["F11"]
