"""What stands in files inside a file, read again."""

from tests.read.beside.packing import tarred, zipped
from tests.read.build import part_10, patient
from vestige.model import Where
from vestige.read.pages import Held
from vestige.run.inside import again, way_to

NAME = (Where.HEADER, "(0010,0010)")


def image(name: bytes) -> bytes:
    return part_10(patient(name))


def test_values_are_read_from_the_members_that_are_asked_for() -> None:
    inner = zipped({"dir/one": image(b"Zargothy^Ada"), "two": image(b"Quintero^Maria")})
    data = tarred({"in/b.zip": inner, "three": image(b"Okonkwo^Ben"), "c.txt": b"a letter\n"})
    ways = frozenset((b"!/in/b.zip!/dir/one", b"!/three"))
    assert again(Held(data), ways, NAME) == {
        b"!/in/b.zip!/dir/one": ("Zargothy^Ada",),
        b"!/three": ("Okonkwo^Ben",),
    }
    assert again(Held(data), frozenset((b"!/c.txt",)), (Where.BESIDE, "text")) == {
        b"!/c.txt": ("a letter",)
    }
    assert again(Held(data), ways, (Where.GHOST, "zip member")) == {}


def test_values_of_a_file_itself_stand_at_no_way() -> None:
    found = again(Held(image(b"Zargothy^Ada")), frozenset((b"",)), NAME)
    assert found == {b"": ("Zargothy^Ada",)}


def test_ways_are_written_as_paths_from_the_container() -> None:
    assert way_to(b"", b"./dir//IM1") == b"!/dir/IM1"
    assert way_to(b"!/a.zip", b"../x") == b"!/a.zip!/x"
    assert way_to(b"!/a.gz", b"") == b"!/a.gz"
    assert way_to(b"", b"..") == b"!/.."
