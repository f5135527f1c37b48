"""A worker may take so much memory and no more; what it asks beyond that ends it, not the scan."""

import json
import os
from pathlib import Path

import pytest

from tests.run.test_examine import groups
from vestige import catalog
from vestige.model import State
from vestige.run import crew as crews
from vestige.run import memory
from vestige.run.crew import Crew
from vestige.run.examine import Examiner

CATALOG = catalog.load()


def test_no_more_memory_than_allowed_is_given() -> None:
    child = os.fork()
    if not child:
        memory.limit_memory(64 << 20)
        try:
            bytearray(256 << 20)
        except MemoryError:
            bytearray(1 << 20)
            memory.give_up()
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == memory.EXHAUSTED


def test_a_file_that_swells_as_it_is_read_is_a_problem_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "limit_memory", lambda: memory.limit_memory(200 << 20))
    (tmp_path / "a.json").write_text(json.dumps({"PatientName": "Quintero^Maria"}))
    (tmp_path / "b.json").write_text("[" + "{}," * 8_000_000 + "{}]")
    (tmp_path / "c.json").write_text(json.dumps({"PatientName": "Quintero^Paula"}))
    crew = Crew(1, lambda: Examiner(CATALOG, catalog.policy("gdpr"), b"k" * 32))
    parts = [*crew.give(tuple(groups(tmp_path))), *crew.finish()]
    crew.close()
    states = [one.outcomes[code].state for _, one in parts for code in one.codes]
    problems = [problem.code for _, one in parts for problem in one.problems]
    assert problems == ["memory-limit"]
    assert states.count(State.UNREADABLE) == 1
    assert len(states) == 4
