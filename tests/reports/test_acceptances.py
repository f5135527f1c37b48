"""What reports say of a baseline."""

import json
from dataclasses import replace
from datetime import date

from vestige.acceptance import Acceptance, Accepting, Decision, Scope, Standing
from vestige.reports.acceptances import answered, held, notices, standings
from vestige.reports.html import html
from vestige.reports.json import summary
from vestige.review import Review

DAY = date(2030, 5, 17)


def acceptance(standing: Standing, detail: str = "", by: str = "DPO") -> Acceptance:
    return Acceptance(
        Decision.ACCEPTED, Scope.FINDING, "a/rule", by, "sealed", DAY, DAY, standing, detail
    )


def with_baseline(review: Review) -> Review:
    """The first findings accepted: held, soon over, expired, outgrown and worse."""
    told = [
        acceptance(standing, f"It is {standing.value}.")
        for standing in Standing
        if standing is not Standing.UNNEEDED
    ]
    findings = [
        replace(one, accepted=told[at] if at < len(told) else None)
        for at, one in enumerate(review.findings)
    ]
    unneeded = (acceptance(Standing.UNNEEDED, "Nothing that it covers was found."),)
    return replace(
        review, findings=tuple(findings), accepting=Accepting("b.toml", "ab" * 32, 6, unneeded)
    )


def test_without_a_baseline_nothing_is_said(realistic: Review) -> None:
    assert notices(realistic) == ()
    assert answered(realistic) == ()
    assert summary(realistic)["baseline"] is None
    assert 'id="accepted"' not in html(realistic)


def test_every_standing_has_its_sentence(realistic: Review) -> None:
    made = with_baseline(realistic)
    assert held(made) == 2
    assert notices(made) == (
        "2 findings are accepted in b.toml.",
        "F12: It is expires soon.",
        "F13 counts again (expired): It is expired.",
        "F14 counts again (worse than accepted): It is worse than accepted.",
        "F15 counts again (outgrown): It is outgrown.",
        (
            "No longer needed: the acceptance of a/rule by DPO until 2030-05-17. "
            "Nothing that it covers was found."
        ),
    )
    assert standings(made) == {standing.value: 1 for standing in Standing}


def test_the_summary_lists_all_apart(realistic: Review) -> None:
    told = json.loads(json.dumps(summary(with_baseline(realistic))))
    assert told["findings"]["accepted"] == 2
    assert [one["accepted"] for one in told["findings"]["top"]] == [True, True] + [False] * 7
    assert [one["finding"] for one in told["baseline"]["findings"]] == [
        f"F{number}" for number in range(11, 16)
    ]
    assert told["baseline"]["unneeded"][0]["standing"] == "no longer needed"


def test_the_page_lists_accepted_findings_behind_the_others(realistic: Review) -> None:
    text = html(with_baseline(realistic))
    apart = text.index('id="band-accepted"')
    places = {one.number: text.index(f'id="{one.number}"') for one in realistic.findings}
    assert sorted(n for n, at in places.items() if at > apart) == ["F11", "F12"]
    assert "counts again (outgrown)" in text
    assert "and 2 accepted" in text


def test_hostile_words_of_a_baseline_stay_words(
    realistic: Review, hostile_texts: tuple[str, ...]
) -> None:
    first, *rest = realistic.findings
    for word in hostile_texts:
        said = acceptance(Standing.HOLDS, word, word)
        made = replace(
            realistic,
            findings=(replace(first, accepted=said), *rest),
            accepting=Accepting(word, "", 1, (said,)),
        )
        text = html(made)
        assert text.count("<script>") == 1
        assert 'onerror="' not in text
