"""What Vestige says of one name of an entry, and of siblings: the doors that the benchmark uses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from vestige import catalog, rank
from vestige.catalog import Catalog
from vestige.correlate.families import families
from vestige.correlate.templates import Sibling
from vestige.detect.judge import Judge
from vestige.model import Band, Certainty, Declaration, Finding, Hit, Observation, Place, Where
from vestige.review import Reach
from vestige.run.answers import Answers
from vestige.run.causes import Causes
from vestige.run.named import Names
from vestige.sensitive import Sensitive

NAMING = "names/"
"""Rules about names of persons; what others say of dates or numbers does not count here."""

VERDICTS = (Certainty.CERTAIN, Certainty.LIKELY, Certainty.REVIEW)

_PLACE = Place(Where.PATH, "name")
_NOTHING_DECLARED = Declaration()
_ONE = Reach(1, 1, 0, None)


class Tier(IntEnum):
    """What is said of a name of an entry: nothing, something, or so much that it ranks high."""

    SILENT = 0
    SAID = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """The gravest verdict on siblings (None: none), the share that it covers, names among them."""

    verdict: Certainty | None
    covered: float
    share: float


def _of_names(family: object) -> bool:
    """Whether a family is one of names; families of numbers tell persons in another way."""
    return str(getattr(family, "kind", "names")) in {"names", "name"}


class Judges:
    """The shipped rules and lexicon, asked as a scan asks them."""

    def __init__(self) -> None:
        self.catalog: Catalog = catalog.load()
        self._judge = Judge(self.catalog, catalog.policy("gdpr"))
        self._bands: dict[tuple[str, Band, float], Band] = {}

    def component(self, text: str) -> Tier:
        """What is said of one entry of that name: any rule of names, and how it ranks alone."""
        said = self._judge.judge(Observation(_PLACE, Sensitive(text)), _NOTHING_DECLARED)
        hits = [hit for hit in said.hits if hit.claim.rule.startswith(NAMING)]
        if not hits:
            return Tier.SILENT
        band = max(self._band(hit) for hit in hits)
        if band >= Band.HIGH:
            return Tier.HIGH
        return Tier.MEDIUM if band >= Band.MEDIUM else Tier.SAID

    def _band(self, hit: Hit) -> Band:
        key = hit.claim.rule, hit.claim.severity, hit.certainty
        if key not in self._bands:
            claim = replace(hit.claim, certainty=hit.certainty)
            finding = Finding(1, claim, Where.PATH, "name", "", "")
            self._bands[key] = rank.risk(finding, _ONE).band
        return self._bands[key]

    def siblings(self, names: Sequence[str]) -> SetVerdict:
        """The gravest verdict on entries of these names below one folder."""
        entries = [Sibling(number, text) for number, text in enumerate(names)]
        found = [one for one in families(entries, self.catalog.lexicon) if _of_names(one)]
        best = min(found, key=lambda one: VERDICTS.index(one.verdict), default=None)
        if best is None:
            return SetVerdict(None, 0.0, 0.0)
        covered = sum(len(one.members) for one in found if one.verdict is best.verdict)
        return SetVerdict(best.verdict, covered / len(names), best.share)

    def remembering(self) -> Callable[[bytes], object]:
        """What a worker of a scan asks of the name of each entry."""
        answers = Answers(self.catalog, catalog.policy("gdpr"), Causes(b"k" * 32))
        names = Names(answers)
        return lambda raw: names.says_nothing(raw) or names.said(raw)
