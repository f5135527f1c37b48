"""DICOM objects judged element by element."""

from tests.read.build import explicit, part_10
from tests.run.test_examine import CATALOG, KEY
from vestige import catalog
from vestige.catalog import Policy
from vestige.model import Entry, Kind
from vestige.read import dicom
from vestige.read.pages import Held
from vestige.run.answers import Answers
from vestige.run.causes import Cause, Causes
from vestige.run.instance import Instances

ENTRY = Entry(1, 0, b"a", b"a", Kind.FILE, 1, 0, 0, 0)
POLICY: Policy = catalog.policy("gdpr")


def test_each_element_says_what_the_rules_say_and_declarations_are_kept() -> None:
    causes = Causes(KEY)
    instances = Instances(CATALOG, POLICY, Answers(CATALOG, POLICY, causes))
    data = part_10(
        explicit(0x00100010, "PN", b"Quintero^Maria") + explicit(0x00120062, "CS", b"NO")
    )
    reading = dicom.examine_inside(Held(data), ENTRY)
    assert reading is not None
    declared, spoken, lost = instances.spoken(reading, ENTRY)
    found = [causes.known[number] for one in spoken for number in one.causes if number >= 0]
    places = {one.place for one in found if isinstance(one, Cause)}
    assert ("(0010,0010)" in places, lost) == (True, [])
    assert instances.declaration(reading.statement) is declared
