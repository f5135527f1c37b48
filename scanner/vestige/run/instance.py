"""Instances: DICOM objects judged element by element, wherever they lie."""

from functools import lru_cache

from vestige.catalog import Catalog, Policy
from vestige.detect.declared import TCIA_ROOT, declaration
from vestige.model import Declaration, Entry, Problem, Stage
from vestige.read import dicom
from vestige.run.answers import Answers
from vestige.run.judged import Spoken
from vestige.statement import Statement, Tag

OVERRUN = "a rule ran past its time limit on one text, and said nothing of it"
_DECLARED = 10_000
"""Declarations that a worker remembers."""


class Instances:
    """Judges the elements of DICOM objects; one lives in each worker."""

    def __init__(self, catalog: Catalog, policy: Policy, answers: Answers) -> None:
        self._answers = answers
        self._asked = dicom.Asked(
            lru_cache(1 << 16)(lambda tag: catalog.tables.lists(tag) or policy.asks_for(tag)),
            lru_cache(1 << 16)(policy.asks_for),
            frozenset(catalog.tables.content_items),
        )
        self._declared: dict[tuple[object, ...], Declaration] = {}

    def spoken(
        self, reading: dicom.Reading, entry: Entry
    ) -> tuple[Declaration, list[Spoken], list[Problem]]:
        """What an object declares, what is said of each element, and what was not judged."""
        declared = self.declaration(reading.statement)
        answers = self._answers
        under = answers.under(declared)
        known, to = answers.known, answers.to
        spoken = []
        complete = True
        unread: dict[tuple[str, str], None] = {}
        for index, way, value in dicom.values(reading.header, self._asked):
            answer = to(known(way, declared, under), value)
            spoken.append(Spoken(index, way, answer.causes))
            complete = complete and answer.complete
            unread.update(dict.fromkeys(answer.unread))
        lost = [dicom.unread(entry, code, pointer) for code, pointer in unread]
        if not complete:
            lost.append(Problem(entry.id, Stage.DETECT, "timeout", OVERRUN))
        return declared, spoken, lost

    def declaration(self, about: Statement) -> Declaration:
        """What an object declares of itself; equal declarations are one object."""
        instance = about.uid(Tag.SOP_INSTANCE_UID)
        who = (about.value(Tag.PATIENT_ID), about.value(Tag.PATIENT_NAME))
        method, of_public = about.value(Tag.DEIDENTIFICATION_METHOD), instance.startswith(TCIA_ROOT)
        key = (method, about.codes, about.creators, of_public, who, about.dates)
        found = self._declared.get(key)
        if found is None:
            if len(self._declared) >= _DECLARED:
                self._declared.clear()
            found = self._declared[key] = declaration(
                method, about.codes, about.creators, instance, who, about.dates
            )
        return found
