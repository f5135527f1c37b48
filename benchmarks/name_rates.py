"""How fast names are judged, and what the lexicon takes: time to load, memory, size on disk.

Each rate is the best of three on one core. The lexicon is loaded in processes of their own.
"""

import gc
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.name_forms import FORMS, People, numbers, uuid, written
from benchmarks.name_judges import Judges
from benchmarks.name_lists import Names
from vestige import shipped
from vestige.detect.words import person_names
from vestige.lexicon import FILES
from vestige.text import opaque

T = TypeVar("T")
_LOADS = 3
_RARELY = 200_000
"""New objects after which a command looks for garbage."""
_PROBE = """
import gc, json, time
from pathlib import Path
from vestige import lexicon, shipped
import vestige.detect.judge
def memory():
    gc.collect()
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("VmRSS")) * 1024 / 1e6
folder = shipped.rules() / "lexicons"
before = memory()
start = time.perf_counter()
found = lexicon.load(folder)
seconds = time.perf_counter() - start
print(json.dumps([seconds, before, memory(), len(found.codes)]))
"""


@dataclass(frozen=True, slots=True)
class Rates:
    """What a run measured; rates in names a second, memory in MB, sizes in bytes."""

    unseen: float
    unseen_rules: float
    siblings: float
    opaque: float
    serial: float
    repeated: float
    load: float
    memory_before: float
    memory: float
    words: int
    size: int


def rates(judges: Judges, lists: Sequence[Names], count: int) -> Rates:
    """All of it, on names that this process has not judged before.

    As in a worker of a scan, garbage is seldom looked for, and not in what was there before.
    """
    gc.freeze()
    gc.set_threshold(_RARELY)
    chance = random.Random(97)  # noqa: S311 - a benchmark, no secret
    people = [People(names) for names in lists]
    forms = [form.template for form in FORMS if not form.needs_native]
    unseen = [
        written(chance.choice(forms), people[at % len(people)].person(chance), chance)
        for at in range(3 * count)
    ]
    lexicon = judges.catalog.lexicon
    load, before, after, words = min(map(_probed, range(_LOADS)))
    serial = [_serial(chance) for _ in range(count)]
    parts = [unseen[at::3] for at in range(3)]
    return Rates(
        unseen=_rate(lambda name: person_names(name, lexicon), parts),
        unseen_rules=_rate(judges.component, [_fresh(part, chance) for part in parts]),
        siblings=_sets(judges, people, count, chance),
        opaque=_rate(opaque, [serial] * 3),
        serial=_rate(judges.remembering(), [[name.encode() for name in serial]] * 3),
        repeated=_again(judges, 5 * count, chance),
        load=load,
        memory_before=before,
        memory=after,
        words=int(words),
        size=sum(len((shipped.rules() / "lexicons" / name).read_bytes()) for name in FILES),
    )


def _rate(judge: Callable[[T], object], parts: Sequence[Sequence[T]]) -> float:
    """Names a second, the best of some parts of which each is judged once."""
    best = 0.0
    for names in parts:
        start = time.process_time()
        for name in names:
            judge(name)
        best = max(best, len(names) / max(time.process_time() - start, 1e-9))
    return best


def _fresh(names: Sequence[str], chance: random.Random) -> list[str]:
    """The names with another ending each, so that no memo knows the whole."""
    return [f"{name} {chance.choice('abcdefgh')}{chance.randint(2, 99)}" for name in names]


def _serial(chance: random.Random) -> str:
    parts = numbers(chance)
    return chance.choice(
        (f"IM{parts['n4']}.dcm", f"{uuid(chance)}.dcm", f"1.2.840.{parts['mrn']}.1")
    )


def _sets(judges: Judges, people: Sequence[People], count: int, chance: random.Random) -> float:
    """Names a second in sets of a thousand siblings."""
    sets = [
        [
            written("{S}_{uuid}", people[(at + number) % len(people)].person(chance), chance)
            for number in range(1_000)
        ]
        for at in range(max(1, count // 1_000))
    ]
    start = time.process_time()
    for names in sets:
        judges.siblings(names)
    return 1_000 * len(sets) / max(time.process_time() - start, 1e-9)


def _again(judges: Judges, count: int, chance: random.Random) -> float:
    """Names a second that a worker met before, in this form: asked as the scan asks."""
    names = [
        f"{chance.choice(_WORDS)}_{chance.choice(_WORDS)}_{n % 997}.dat".encode()
        for n in range(500)
    ]
    met = judges.remembering()
    for name in names:
        met(name)
    many = [chance.choice(names) for _ in range(count)]
    return _rate(met, [many] * 3)


_WORDS = "scan report knee axial brain final export series notes image quality result".split()


def _probed(_: int) -> tuple[float, float, float, float]:
    run = subprocess.run((sys.executable, "-c", _PROBE), capture_output=True, text=True, check=True)
    seconds, before, after, words = json.loads(run.stdout)
    return seconds, before, after, words
