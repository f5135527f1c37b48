"""Why siblings are a family, in words without their names."""

from vestige.correlate.families import NameFamily
from vestige.correlate.reasons import of_family
from vestige.model import Certainty, Member
from vestige.sensitive import Sensitive


def family(verdict: Certainty, score: float) -> NameFamily:
    members = tuple(Member(number, Sensitive(f"QUINTERO{number}")) for number in range(1_043))
    return NameFamily("{word}_{uuid}", members, verdict, 0.6149, 1_012, score)


def test_counts_share_gain_and_demands_are_told() -> None:
    said = of_family(family(Certainty.CERTAIN, 812.0), 1_050)
    assert said.startswith(
        "1,043 of 1,050 siblings share a form and vary in its words, 1,012 of them in different "
        "ones; 61 % of the words at least are names; log-likelihood gain 812.0; "
        "demands of certain: 10 different words with gain 20, 35 % names, 25 % nothing but names, "
        "or "
    )
    assert "QUINTERO" not in said


def test_words_of_no_list_are_said_to_be_that() -> None:
    said = of_family(family(Certainty.LIKELY, 0.0), 1_050)
    assert said.endswith("no list knows the words; by their letters 61 % may be names")


def test_a_milder_verdict_in_software_is_told() -> None:
    said = of_family(family(Certainty.REVIEW, 812.0), 1_050, Certainty.CERTAIN)
    assert "demands of certain" in said
    assert said.endswith("in a tree of software, where words alone are review at most")
