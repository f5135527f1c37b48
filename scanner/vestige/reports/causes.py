"""Causes: findings of one rule that say the same of several places, told together."""

from collections.abc import Sequence
from dataclasses import dataclass

from vestige.model import Band
from vestige.review import Ranked

_FEWEST_WORDS = 3
_STOPS = " :,;"


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings with one rule, band, reason and remedy; `title` is what their titles share.

    `files` and `bytes` are those of the widest, as findings overlap; `subjects` too, None where no
    finding knows.
    """

    title: str
    findings: tuple[Ranked, ...]

    @property
    def first(self) -> Ranked:
        """The finding that ranks first."""
        return self.findings[0]

    @property
    def alone(self) -> bool:
        """Whether it is one finding."""
        return len(self.findings) == 1

    @property
    def files(self) -> int:
        """Files of the finding that reaches most."""
        return max(one.reach.files for one in self.findings)

    @property
    def subjects(self) -> int | None:
        """People of the finding that concerns most, if any knows."""
        known = [one.reach.subjects for one in self.findings if one.reach.subjects is not None]
        return max(known) if known else None

    @property
    def open_ended(self) -> bool:
        """Whether other findings may reach files that the widest does not."""
        return len({(one.reach.files, one.reach.bytes) for one in self.findings}) > 1

    @property
    def basis(self) -> tuple[str, ...]:
        """The references that all of its findings rest on."""
        others = [set(one.finding.claim.basis) for one in self.findings]
        return tuple(
            basis
            for basis in self.first.finding.claim.basis
            if all(basis in other for other in others)
        )

    def own_basis(self, ranked: Ranked) -> tuple[str, ...]:
        """The references of one finding that not all share."""
        shared = set(self.basis)
        return tuple(basis for basis in ranked.finding.claim.basis if basis not in shared)

    def own(self, ranked: Ranked) -> str:
        """What the title of one finding says beyond what all share, or ""."""
        if self.alone:
            return ""
        return ranked.finding.claim.title[len(self.title) :].strip(_STOPS)


_Key = tuple[bool, Band, str, str, str, bool]


def causes(findings: Sequence[Ranked]) -> tuple[Cause, ...]:
    """The causes of findings in rank order; each stands where its first finding ranks.

    Findings that are families stand alone.
    """
    open_causes: dict[_Key, list[list[Ranked]]] = {}
    order: list[list[Ranked]] = []
    for one in findings:
        kept = open_causes.setdefault(_key(one), [])
        home = next((group for group in kept if _fits(group, one)), None)
        if home is None:
            home = []
            kept.append(home)
            order.append(home)
        home.append(one)
    return tuple(Cause(_title(group), tuple(group)) for group in order)


def _key(one: Ranked) -> _Key:
    about = one.finding.claim
    return (one.counts, one.risk.band, about.rule, one.why, one.remedy, one.family is not None)


def _fits(group: Sequence[Ranked], one: Ranked) -> bool:
    if one.family is not None:
        return False
    first, other = group[0].finding.claim.title, one.finding.claim.title
    return first == other or len(_shared([first, other]).split()) >= _FEWEST_WORDS


def _title(group: Sequence[Ranked]) -> str:
    titles = [one.finding.claim.title for one in group]
    return _shared(titles) or titles[0]


def _shared(titles: Sequence[str]) -> str:
    """The words with which all titles begin: up to a colon, where there is one among them."""
    alike: list[str] = []
    for words in zip(*(title.split(" ") for title in titles), strict=False):
        if len(set(words)) > 1:
            break
        alike.append(words[0])
    shared = " ".join(alike)
    if shared != titles[0] and ": " in f"{shared} ":
        shared = shared[: f"{shared} ".rindex(": ")]
    return shared.rstrip(_STOPS)
