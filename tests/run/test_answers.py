"""Every value gets the answer that the judge alone would give, whatever was asked before."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.objects import CATALOG
from tests.detect.test_judge import PIECES
from vestige import catalog
from vestige.detect.judge import Judge
from vestige.model import Declaration
from vestige.read import ways
from vestige.read.ways import Way
from vestige.run import answers
from vestige.run.answers import NO_DECLARATION, NOTHING, Answer, Answers
from vestige.run.causes import Causes
from vestige.sensitive import Sensitive

POLICY = catalog.policy("gdpr")
POLICIES = ("gdpr", "hipaa", "eucaim")
JUDGES = {name: Judge(CATALOG, catalog.policy(name)) for name in POLICIES}
ASCII, LATIN, JAPANESE = ("ascii",), ("latin_1",), ("iso2022_jp_2",)

WAYS = (
    *(
        ways.standard("", tag, vr, codecs, (False, judged))
        for tag, vr, codecs, judged in (
            (0x00080012, "DA", ASCII, True),
            (0x00080013, "TM", ASCII, True),
            (0x00080018, "UI", ASCII, True),
            (0x00100010, "PN", LATIN, True),
            (0x00100010, "PN", JAPANESE, True),
            (0x00100020, "LO", LATIN, True),
            (0x00101010, "AS", ASCII, True),
            (0x00101030, "DS", ASCII, True),
            (0x00200032, "DS", ASCII, False),
            (0x00081030, "LO", LATIN, True),
            (0x00420011, "OB", ASCII, True),
            (0x001021C0, "US", ASCII, True),
            (0x0008002A, "DT", ASCII, True),
            (0x00082200, "CS", ASCII, True),
            (0x30060050, "DS", ASCII, True),
        )
    ),
    ways.private("", 0x0051100D, "SH", "SIEMENS MR HEADER", LATIN),
    ways.private("", 0x00991001, "UN", "nobody", LATIN),
)

ROOTS = (b"1.3.12.2.1107.5.2.", b"2.25.", b"1.2.826.0.1.3680043.8.498.", b"1.2.826.0.1.3680043.2.")
VALUES = st.one_of(
    st.lists(st.sampled_from([piece.encode() for piece in PIECES]), min_size=1, max_size=4).map(
        b"".join
    ),
    st.tuples(st.sampled_from(ROOTS), st.from_regex(rb"\A[0-9]{1,12}\x00?\Z")).map(b"".join),
    st.binary(min_size=1, max_size=20),
    st.sampled_from([b" ", b"\x00", b"M\xfcller^J\xfcrgen", b"\x1b$B;3ED\x1b(B", b"071Y", b"095Y"]),
)
DECLARED = (
    NO_DECLARATION,
    Declaration(frozenset({"113107"}), frozenset({"tcia"}), Sensitive("4000000")),
)


def plain(way: Way, value: bytes, declared: Declaration, policy: str) -> list[tuple[str, str, str]]:
    """What the judge alone says of a value."""
    found = [
        (hit.claim.rule, hit.claim.title, hit.claim.severity.word)
        for observation in way.observed(value)
        for hit in JUDGES[policy].judge(observation, declared).hits
    ]
    return list(dict.fromkeys(found))


def of(answer: Answer, causes: Causes) -> list[tuple[str, str, str]]:
    claims = (causes.known[number].claim for number in answer.causes if number >= 0)
    return list(dict.fromkeys((c.rule, c.title, c.severity.word) for c in claims))


def left(answer: Answer) -> set[int]:
    """The traces that a value leaves."""
    return {number for number in answer.causes if number < 0}


@pytest.fixture(scope="module", params=POLICIES)
def shared(request: pytest.FixtureRequest) -> tuple[Answers, Causes, str]:
    causes = Causes(b"k" * 32)
    policy = str(request.param)
    return Answers(CATALOG, catalog.policy(policy), causes), causes, policy


@given(way=st.sampled_from(WAYS), value=VALUES, declared=st.sampled_from(DECLARED))
@settings(max_examples=1500)
def test_an_answer_is_what_the_judge_alone_says(
    shared: tuple[Answers, Causes, str], way: Way, value: bytes, declared: Declaration
) -> None:
    told, causes, policy = shared
    known = told.known(way, declared, told.under(declared))
    expected = plain(way, value, declared, policy)
    assert of(told.to(known, value), causes) == expected
    traces = left(told.of(way.observed(value), declared))
    assert left(told.to(known, value)) == traces
    root, forms = told.rooted(known, value)
    assert value.startswith(root)
    form = value.translate(bytes.maketrans(b"012345678", b"9" * 9))
    remembered = None if forms is None else forms.get(form)
    if forms is not None and remembered is not None:
        closely = told.closely(known, forms, value, remembered)
        assert of(closely, causes) == expected or not remembered.special
        assert left(closely if remembered.special else remembered) == traces


def test_values_of_a_cause_are_counted_whether_by_form_or_one_by_one() -> None:
    causes = Causes(b"k" * 32)
    told = Answers(CATALOG, POLICY, causes)
    known = told.known(WAYS[1], NO_DECLARATION, told.under(NO_DECLARATION))
    for seconds in (10, 11, 10, 12):
        told.to(known, b"1011%d" % seconds)
    assert len(causes.fresh) == 3


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_LIMIT", 500)
    monkeypatch.setattr(answers, "_ALONE", 20)
    told = Answers(CATALOG, POLICY, Causes(b"k" * 32))
    way = WAYS[5]
    for number in range(3000):
        under = told.under(NO_DECLARATION)
        known = told.known(way, NO_DECLARATION, under)
        told.to(known, b"x" * (number % 900) + b"Probe")
        assert told._remembered <= 700
    alone = told.alone(way)
    for number in range(100):
        alone.forget()
        told.to(alone, b"y" * number + b"Probe")
        assert len(alone.by_root(b"")) <= 25


def test_an_empty_number_is_not_there() -> None:
    causes = Causes(b"k" * 32)
    told = Answers(CATALOG, POLICY, causes)
    way = ways.private("", 0x00991001, "US", "nobody", ASCII)
    known = told.known(way, NO_DECLARATION, told.under(NO_DECLARATION))
    assert told.to(known, b"\x04\x00").causes
    assert known.by_root(b"").get(b"") is None


def test_nothing_is_said_of_plain_numbers() -> None:
    told = Answers(CATALOG, POLICY, Causes(b"k" * 32))
    known = told.known(WAYS[8], NO_DECLARATION, told.under(NO_DECLARATION))
    assert told.to(known, b"-1.5\\2.5\\100 ") is NOTHING
    assert told.to(known, b"-9.5\\7.5\\200 ") is NOTHING
