"""Families of numbers: siblings told apart by birth dates, record numbers, or times in UIDs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vestige.correlate import check_digits, many
from vestige.correlate.birth_dates import Read, dates, spread_as_births
from vestige.correlate.columns import Names
from vestige.correlate.templates import FEWEST, FoundFamily, Sibling, Siblings
from vestige.model import Certainty, FamilyKind, Member
from vestige.sensitive import Sensitive
from vestige.text import template, tokens

_FORM = str.maketrans("0123456789" + "abcdefghijklmnopqrstuvwxyz", "9" * 10 + "A" * 26)
_UID = re.compile(r"(?<![9.])9(?:\.9+){3,}(?!9|\.9)")
_WORD = re.compile(r"A{4,}")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_DATED = re.compile(
    r"(?<!9)(?:9{4}([-_./ ])9{1,2}(?:\1)9{1,2}|9{1,2}([-_./ ])9{1,2}(?:\2)9{4})(?!9)"
)
_TELLING = re.compile(r"9{5}|[UD]|9{2}([-_./ ])9{2}(?:\1)9{2}|9(?:[ .-]?9){6}|(?=\w*9)[9A]{16}")
_SAMPLE = 64
"""Siblings of one form that are asked before all of them are."""
_AGAIN = 2 * _SAMPLE
"""Siblings up to which it is remembered what their names are."""


def number_families(siblings: Siblings | Sequence[Sibling]) -> list[FoundFamily]:
    """The families of siblings, or cousins, whose numbers tell persons."""
    every = Siblings.of(siblings)
    if every.are_uuids:
        every = every.part(many.of_kindred_uuids(every.names, FEWEST))
    if len(every) < FEWEST:
        return []
    found: list[FoundFamily] = []
    for form, places in sorted(_grouped(every).items()):
        group = every.part(places)
        if "W" in form:
            group = group.part(_of_one_wording(group))
        if len(group) >= FEWEST:
            found += _families(form, group)
    return found


def _grouped(siblings: Siblings) -> dict[str, Sequence[int]]:
    """The places of those of one form, by forms with numbers, which enough of them have."""
    forms = _forms(siblings)
    if siblings.aboves:
        stars = zip(siblings.aboves, forms, strict=True)
        forms = ["*/" * above + form for above, form in stars]
    counts = Counter(forms)
    telling = [f for f, count in counts.items() if count >= FEWEST and _TELLING.search(f)]
    if len(counts) == len(telling) == 1:
        return {telling[0]: range(len(forms))}
    found: dict[str, list[int]] = {form: [] for form in telling}
    for place, form in enumerate(forms if found else ()):
        if form in found:
            found[form].append(place)
    return dict(found)


def _forms(siblings: Siblings) -> list[str]:
    """The names with digits and letters alike; UIDs and longer words whatever their length."""
    kinds, text = set(siblings.forms), None
    if len(kinds) > _MANY_FORMS:
        text = many.one_text(siblings.names)
    if text is None:
        short = {kind: _shortened(kind.lower().translate(_FORM)) for kind in kinds}
        return [short[form] for form in siblings.forms]
    text = text.lower().translate(_FORM)
    forms = many.lines(text)
    parted = text.translate(_MARKS_ALIKE)
    if "9.9" in text or any(part in parted for part in _PARTED):
        return list(map(_shortened, forms))
    return many.lines(_WORD.sub("W", text))


_MANY_FORMS = 256
"""Forms from which on all names are shortened at once, as text, where they hold words alone."""
_MARKS_ALIKE = str.maketrans("_./ ", "----")
_PARTED = ("9-9-9", "9-99-9")
"""What stands in every date, with one mark for all that may part its numbers."""


@lru_cache(maxsize=1 << 12)
def _shortened(form: str) -> str:
    """The form with one letter for each longer word, UID and date.

    A few thousand are remembered: the names of files in a folder are of few forms.
    """
    if "A" in form:
        form = _WORD.sub("W", form)
    if form.count(".") > 2:  # noqa: PLR2004 - a UID has more
        form = _UID.sub("U", form)
    return _DATED.sub("D", form)


def _of_one_wording(group: Siblings) -> list[int]:
    """The places of those whose longer words most share.

    Names weigh more than the dates beside them.
    """
    forms = [form.lower() for form in group.forms]
    words = {form: frozenset(_LONG_WORD.findall(form)) for form in set(forms)}
    counts: Counter[str] = Counter()
    for form, count in Counter(forms).items():
        counts.update(dict.fromkeys(words[form], count))
    shared = {word for word, count in counts.items() if 2 * count > len(group)}
    kept = {form for form, found in words.items() if found <= shared}
    return [place for place, form in enumerate(forms) if form in kept]


def _families(form: str, group: Siblings) -> Iterator[FoundFamily]:
    """What a group is, if a sample of it is that too."""
    step = max(1, len(group) // _SAMPLE)
    if step > 1 and _judged(form, Names.of(group.names, group.forms, step)) is None:
        return
    if len(group) <= _AGAIN:
        found = _judged_again(form, tuple(group.names))
    else:
        found = _judged(form, Names.of(group.names, group.forms))
    if found is not None:
        yield _family(form, found, group)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What the numbers of a group are; `values` stands beside the group, "" for no member."""

    kind: FamilyKind
    verdict: Certainty
    values: Sequence[str]
    share: float
    of_persons: bool = True


def _judged(form: str, names: Names) -> _Numbers | None:
    judges = (_uid_times,) if "U" in form else (_births, _records, _accessions)
    for judge in judges:
        found = judge(names)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1 << 8)
def _judged_again(form: str, names: tuple[str, ...]) -> _Numbers | None:
    """The same of names that may come again: files are called alike in the series of a volume."""
    return _judged(form, Names.of(names, many.forms(names)))


def _family(form: str, found: _Numbers, group: Siblings) -> FoundFamily:
    ones = group.at(range(len(group)))
    held = [(one, value) for one, value in zip(ones, found.values, strict=True) if value]
    forms = Counter("*/" * one.above + template(tokens(one.name)) for one, _ in held)
    return FoundFamily(
        kind=found.kind,
        key=form,
        template=min(forms, key=lambda one: (-forms[one], one)),
        members=tuple(Member(one.entry, Sensitive(value)) for one, value in held),
        verdict=found.verdict,
        share=round(found.share, 4),
        distinct=len({value for _, value in held}),
        score=0.0,
        persons=tuple(value for _, value in held) if found.of_persons else (),
    )


# --- UIDs that hold the time of their making ----------------------------------------------------

_TIMED = re.compile(
    r"(?<![\d.])[0-2](?:\.\d+)*\.(?=\d*(?:19[89]\d|20[0-4]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)\d+(?:\.\d+)*"
    r"|(?<![\d.])[0-2](?:\.\d+)+\.(?:19[89]\d|20[0-4]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"\.(?:[01]?\d|2[0-3])[0-5]\d[0-5]\d(?:\.\d+)*"
)
_TIMED_SHARE = 0.8


_DAY = re.compile(r"(?:19[89]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
"""What stands in every time of a UID, and is soon looked for."""


def _timed(name: str) -> str:
    """A UID that holds a time; "" if there is none."""
    found = _TIMED.search(name) if _DAY.search(name) else None
    return found.group() if found else ""


def _uid_times(every: Names) -> _Numbers | None:
    names = every.texts
    if names[0].count(".") < 3:  # noqa: PLR2004 - a UID has more
        return None
    values = list(map(_timed, names))
    share = sum(map(bool, values)) / len(names)
    if share < _TIMED_SHARE or len(set(values)) < FEWEST:
        return None
    return _Numbers(FamilyKind.UID_TIMES, Certainty.CERTAIN, values, share, of_persons=False)


# --- birth dates, alone and behind initials -----------------------------------------------------

_MANY, _SOME = 20, 10
_INITIALS = re.compile(
    r"(?<![^\W_])([^\W\d_]{1,2}|[^\W\d_][. ]?[^\W\d_][. ]?[^\W\d_]?)[-_. ]{0,2}(?=\d)"
    r"|(?<=\d)[-_. ]{0,2}([^\W\d_]{2,3}|[^\W\d_][. ][^\W\d_])(?![^\W_])"
)
_DIVERSE = 5
_DIVERSE_SHARE = 0.1


def _births(every: Names) -> _Numbers | None:
    names = every.texts
    read = dates(names)
    distinct = {one for one in read if one is not None}
    if len(distinct) < FEWEST or not spread_as_births(sorted(distinct)):
        return None
    initials = [_initials(name) for name in names]
    seen = {one for one in initials if one}
    share = sum(one is not None for one in read) / len(read)
    if len(seen) >= max(_DIVERSE, _DIVERSE_SHARE * len(distinct) ** 0.5):
        values = [_joined(*pair) for pair in zip(initials, read, strict=True)]
        return _Numbers(FamilyKind.INITIALS, _by_number(len(distinct)), values, share)
    values = [_joined("", one) for one in read]
    return _Numbers(FamilyKind.BIRTH_DATES, _by_number(len(distinct)), values, share)


def _initials(name: str) -> str:
    found = _INITIALS.search(name)
    return "" if found is None else re.sub(r"[\W_]", "", found[1] or found[2]).upper()


def _joined(initials: str, read: Read | None) -> str:
    if read is None:
        return ""
    year, month, day = read
    return f"{initials} {year:04}-{month:02}-{day:02}".strip()


def _by_number(distinct: int) -> Certainty:
    if distinct >= _MANY:
        return Certainty.CERTAIN
    return Certainty.LIKELY if distinct >= _SOME else Certainty.REVIEW


# --- record numbers and accession numbers -------------------------------------------------------

_PATIENT_CUES = frozenset(
    str.split(
        "mrn mrno pid patid patientid patnr patno nhc hcn nhs kvnr kvno ipp nip pesel bsn cpf dni "
        "medrec hospno hospital chart urn hn uhid mpi ssn nss cip rut"
    )
)
_STUDY_CUES = frozenset(str.split("acc accn accno accnum accession accessionnumber an ris order"))
_LETTERS = re.compile(r"[A-Za-z]+")
_LONG = range(5, 13)
_UNIQUE = 0.5
_SPARSE = 0.05
"""Share of the numbers between first and last, above which they were counted up in one place."""
_CLOSE = 3
_YEARS = range(1990, 2100)
_YEARED = re.compile(r"(?<!\d)(\d{4})[-_ ]?[A-Za-z]{1,3}[-_ ]?(\d{4,8})(?!\d)")


def _records(names: Names) -> _Numbers | None:
    for place, column in enumerate(names.columns()):
        if len(set(column)) < check_digits.FEWEST:
            continue
        values = column if names.alike else _of_one_length(column)
        if _counted_up(values) or _counted_up_in_all(names, place, values):
            continue
        if check_digits.scheme([value for value in values if value]):
            share = sum(map(bool, values)) / len(values)
            verdict = Certainty.CERTAIN
            return _Numbers(FamilyKind.RECORD_NUMBERS, verdict, values, share * check_digits.VALID)
    return _cued(names, _PATIENT_CUES, FamilyKind.RECORD_NUMBERS)


def _counted_up_in_all(names: Names, place: int, values: Sequence[str]) -> bool:
    """Whether the numbers of which a column of a sample is a part were counted up.

    Of all of them nothing will be said then: check digits need not be asked.
    """
    if not _counted_up(values, _CLOSE * names.step):
        return False
    first, last, distinct = names.whole_column(place)
    if distinct < 2 or not first.isdecimal():  # noqa: PLR2004 - one number is no count
        return False
    return int(last) - int(first) < _CLOSE * distinct


def _counted_up(values: Iterable[str], close: int = _CLOSE) -> bool:
    """Whether numbers follow each other so closely that they were counted up on the spot."""
    numbers = set(filter(str.isdecimal, values))
    if len(set(map(len, numbers))) == 1:
        return len(numbers) > 1 and int(max(numbers)) - int(min(numbers)) < close * len(numbers)
    known = set(map(int, numbers))
    return len(known) > 1 and max(known) - min(known) < close * len(known)


def _of_one_length(column: Sequence[str]) -> list[str]:
    """The column without what is longer or shorter than most; nothing if lengths differ."""
    if len(column[0]) and len(set(map(len, column))) == 1:
        return list(column)
    length, count = Counter(map(len, column)).most_common(1)[0]
    if not length or count < check_digits.VALID * len(column):
        return [""] * len(column)
    return [value if len(value) == length else "" for value in column]


def _cued(names: Names, cues: frozenset[str], kind: FamilyKind) -> _Numbers | None:
    """Numbers of constant length behind a word that says what they are, and not counted up."""
    texts = names.texts[:1] if names.alike else names.texts
    words = Counter(word.lower() for name in texts for word in set(_LETTERS.findall(name)))
    cued = sum(words[word] for word in cues & words.keys())
    if cued < _UNIQUE * len(texts):
        return None
    for place in names.columns():
        values = _of_one_length(place)
        if _issued([value for value in values if value]):
            verdict = min(Certainty.LIKELY, _by_number(len(set(values))), key=_doubt)
            return _Numbers(kind, verdict, values, _UNIQUE, kind is FamilyKind.RECORD_NUMBERS)
    return None


def _doubt(verdict: Certainty) -> int:
    """Greater for the surer verdict."""
    return -list(Certainty).index(verdict)


def _issued(values: Iterable[str]) -> bool:
    """Whether numbers seem to come from a greater register: many, long, and with wide gaps."""
    numbers = sorted({int(value) for value in values if value.isdecimal()})
    if len(numbers) < FEWEST or len(str(numbers[-1])) not in _LONG:
        return False
    return len(numbers) <= _SPARSE * (numbers[-1] - numbers[0] + 1)


def _accessions(names: Names) -> _Numbers | None:
    found = _cued(names, _STUDY_CUES, FamilyKind.ACCESSION_NUMBERS)
    if found is not None:
        return found
    for column in (_yeared(names), *names.columns()):
        values = column if names.alike else _of_one_length(column)
        if _year_led([value for value in values if value]) and not any(
            dates([value[:8] for value in values])
        ):
            return _Numbers(
                FamilyKind.ACCESSION_NUMBERS,
                Certainty.REVIEW,
                values,
                _UNIQUE,
                of_persons=False,
            )
    return None


def _yeared(names: Names) -> list[str]:
    """Year and number of each name that holds both, apart."""
    if names.alike and not _YEARED.search(names.texts[0]):
        return [""] * len(names.texts)
    found = map(_YEARED.search, names.texts)
    return ["".join(one.groups()) if one else "" for one in found]


def _year_led(values: Sequence[str]) -> bool:
    """Whether long numbers begin with years of several kinds, as counters of an archive do."""
    if not values or len(values[0]) not in range(8, 13) or not all(map(str.isdecimal, values)):
        return False
    years = Counter(int(value[:4]) for value in values)
    rest = len({value[4:] for value in values})
    if len(years) < 2 or not all(year in _YEARS for year in years):  # noqa: PLR2004 - one is no change
        return False
    return years.keys() <= set(range(min(years), min(years) + 40)) and rest >= _UNIQUE * len(values)
