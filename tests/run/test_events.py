"""Events: their facts are what a line of JSON can say."""

import json
from typing import get_args

from vestige.run.events import Fact


def test_facts_are_what_a_line_of_json_can_say() -> None:
    facts = {kind.__name__: kind() for kind in get_args(Fact)}
    assert set(facts) == {"str", "int", "float", "bool"}
    assert json.loads(json.dumps(facts)) == facts
