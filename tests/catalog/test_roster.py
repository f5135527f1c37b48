import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.catalog.roster import Roster, collected, is_roster, packed, parsed
from vestige.identity import Form, Mark, Marker
from vestige.model import UsageError

KEY, OTHER = b"k" * 32, b"o" * 32
MARKER = Marker(KEY, lambda _word: False)
PEOPLE = (("QUINTERO^Ana", "0048291", "19610203"), ("ZARGOTHY^Ivo", "", ""))


def made() -> Roster:
    return collected((MARKER.of_person(*person) for person in PEOPLE), near=False)


def test_a_roster_knows_its_people_and_no_others() -> None:
    roster = parsed(packed(made(), KEY), KEY)
    assert (roster.people, roster.near) == (2, False)
    for person in PEOPLE:
        assert all(mark in roster for mark in MARKER.of_person(*person))
    assert set(roster.marks()) == set().union(*(MARKER.of_person(*one) for one in PEOPLE))
    assert len(roster) == len(set(roster.marks()))
    assert not any(mark in roster for mark in MARKER.of_person("PETROVNA^Olga", "0048292"))


def test_a_roster_holds_no_name() -> None:
    raw = packed(made(), KEY).lower()
    for word in (b"quintero", b"ana", b"zargothy", b"48291", b"1961"):
        assert word not in raw


def test_the_order_of_people_does_not_show() -> None:
    turned = collected((MARKER.of_person(*person) for person in reversed(PEOPLE)), near=False)
    assert packed(made(), KEY) == packed(turned, KEY)


def test_another_key_is_refused() -> None:
    with pytest.raises(UsageError, match="another key"):
        parsed(packed(made(), KEY), OTHER)


def test_what_is_no_roster_is_said_without_a_name() -> None:
    raw = b"QUINTERO Ana\n"
    assert not is_roster(raw)
    assert is_roster(packed(made(), KEY))
    with pytest.raises(UsageError, match="that is no roster") as refused:
        parsed(raw, KEY)
    assert "QUINTERO" not in str(refused.value)


@given(st.integers(0, 400), st.binary(max_size=6))
def test_a_damaged_roster_is_refused_or_read(at: int, damage: bytes) -> None:
    raw = packed(made(), KEY)
    try:
        roster = parsed(raw[:at] + damage + raw[at + 3 :], KEY)
    except UsageError:
        return
    assert Mark(Form.NAME, b"\0" * 8) not in roster
