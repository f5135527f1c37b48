"""Why siblings are a family, in words without their names."""

import pytest

from vestige.correlate.reasons import of_family
from vestige.correlate.templates import FoundFamily
from vestige.model import Certainty, FamilyKind, Member
from vestige.sensitive import Sensitive

MEMBERS = tuple(Member(number, Sensitive(f"QUINTERO{number}")) for number in range(1_043))


def family(verdict: Certainty, score: float, kind: FamilyKind = FamilyKind.NAMES) -> FoundFamily:
    return FoundFamily(
        *(kind, "{word}_{uuid}", "{word}_{uuid}", MEMBERS, verdict, 0.6149, 1_012, score),
        persons=(),
    )


def test_counts_share_gain_and_demands_are_told() -> None:
    said = of_family(family(Certainty.CERTAIN, 812.0), 1_050)
    assert said.startswith(
        "1,043 of 1,050 siblings share a form and vary in its words, 1,012 of them in different "
        "ones; 61 % of the words at least are names; log-likelihood gain 812.0; "
        "demands of certain: 10 different words with gain 20, 35 % names, 25 % nothing but names, "
        "or "
    )
    assert "QUINTERO" not in said
    assert of_family(family(Certainty.CERTAIN, 812.0)).startswith("1,043 siblings share a form")


def test_words_of_no_list_are_said_to_be_that() -> None:
    said = of_family(family(Certainty.LIKELY, 0.0), 1_050)
    assert said.endswith("by their letters 61 % are like names")
    assert "demands" not in said


def test_a_milder_verdict_in_software_is_told() -> None:
    said = of_family(family(Certainty.REVIEW, 812.0), 1_050, in_software=True)
    assert said.endswith("in a tree of software, where words alone are review at most")


@pytest.mark.parametrize("kind", [kind for kind in FamilyKind if kind is not FamilyKind.NAMES])
def test_families_of_numbers_say_in_what_they_differ(kind: FamilyKind) -> None:
    said = of_family(family(Certainty.LIKELY, 0.0, kind))
    assert "differ in" in said
    assert "words" not in said
