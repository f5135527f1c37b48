from vestige.model import Band, Claim, Where
from vestige.run.causes import Cause, Causes, Value
from vestige.sensitive import Sensitive
from vestige.store import VALUES_KEPT

CLAIM = Claim("elements/site", "A site", Band.HIGH, 0.9, "site", ("GDPR Art. 4(1)",))


def test_a_cause_has_one_number() -> None:
    causes = Causes(b"k" * 32)
    one = causes.number(Cause(CLAIM, Where.HEADER, "(0008,0080)", ""))
    assert causes.number(Cause(CLAIM, Where.HEADER, "(0008,0080)", "")) == one
    assert causes.number(Cause(CLAIM, Where.HEADER, "(0008,0081)", "")) != one
    assert causes.known[one].place == "(0008,0080)"


def test_a_cause_keeps_the_explanation_of_its_first_value() -> None:
    causes = Causes(b"k" * 32)
    cause = Cause(CLAIM, Where.HEADER, "(0008,0080)", "")
    one = causes.number(cause, lambda: "first")
    assert causes.number(cause, lambda: "second") == one
    told = causes.untold()[0][one]
    assert isinstance(told, Cause)
    assert told.explanation == "first"
    assert causes.known[one] == cause


def test_each_value_is_fresh_once_and_so_many_count() -> None:
    causes = Causes(b"k" * 32)
    cause = causes.number(Cause(CLAIM, Where.HEADER, "(0008,0080)", ""))
    counted = [causes.note(cause, f"Klinik Musterstadt {n}") for n in range(VALUES_KEPT + 3)]
    assert counted == [*range(-1, -VALUES_KEPT - 1, -1), None, None, None]
    assert causes.note(cause, "Klinik Musterstadt 0") == -1
    more = causes.more(cause)
    assert causes.more(cause) == more < -VALUES_KEPT
    told = causes.untold()[0]
    assert told[more] == Value(cause, "", "")
    assert isinstance(told[-1], Value)
    fresh = [one for one in told.values() if isinstance(one, Value) and one.digest]
    assert len(fresh) == len({value.digest for value in fresh}) == VALUES_KEPT
    assert "Musterstadt" not in repr(fresh[0])


def test_values_that_nobody_may_look_at_are_kept_by_their_digests() -> None:
    causes = Causes(b"k" * 32)
    cause = causes.number(Cause(CLAIM, Where.GHOST, "trash", ""))
    for name in ("Quintero", "Zargothy", "Quintero"):
        causes.keep(cause, Sensitive(name))
    assert [value.masked for value in causes.fresh] == ["Q*******", "Z*******"]
    for number in range(VALUES_KEPT):
        causes.keep(cause, Sensitive(f"Quintero {number}"))
    assert len(causes.fresh) == VALUES_KEPT
