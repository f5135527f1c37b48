"""Anonymity: figures of singling out go through JSON and back."""

import json

from vestige.anonymity import Attribute, Removal, SinglingOut, of_noted


def test_what_is_kept_comes_back() -> None:
    found = SinglingOut(
        *(40, 10, 18),
        smallest=((1, 10), (2, 4)),
        attributes=(Attribute("age", 0.5, 0.25), Attribute("sex", 0.0, 0.2)),
        removals=(Removal("age", 0.25),),
    )
    assert of_noted(json.loads(json.dumps(found.noted()))) == found
    assert found.share == 0.25


def test_nobody_is_no_share() -> None:
    assert SinglingOut(0, 0, 0, (), (), ()).share == 0.0
