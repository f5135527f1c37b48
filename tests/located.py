"""A volume on which one person stands in many ways, beside others, and scans of it."""

from functools import cache
from pathlib import Path

from pydicom.dataset import FileDataset

from tests.accepted import KEY
from tests.run.test_known import dirty, image, item, private, text
from vestige import lexicon, shipped
from vestige.identity import Marker
from vestige.lexicon import Lexicon
from vestige.review import Located, Locating, Strength
from vestige.run.locating import Asked, located
from vestige.run.plan import Request, plan
from vestige.run.rosters import Person
from vestige.run.scan import scan
from vestige.store import Store

NAME, NUMBER, BORN, CODE = "Zargothy, Quillonia", "48291377", "19610203", "PSN-7Q"
CANARIES = ("zargothy", "quillonia", "48291377", "19610203", "psn-7q", "61-02-03")
PERSON = Person(NAME, "", "")


def patient(name: str, number: str, birth: str = "") -> object:
    def make(data: FileDataset) -> None:
        data.PatientName, data.PatientID, data.PatientBirthDate = name, number, birth
        del data.PatientIdentityRemoved, data.DeidentificationMethod

    return make


def coded(data: FileDataset) -> None:
    data.PatientID = data.PatientName = CODE


def plant(volume: Path) -> None:
    files = {
        "a/named.dcm": dirty,
        "a/described.dcm": text("StudyDescription", "sent by Quillonia Zargothy"),
        "b/private.dcm": private("LO", "ZARGOTHY^QUILLONIA"),
        "b/nested.dcm": item,
        "b/numbered.dcm": patient("ANON", NUMBER),
        "coded/header.dcm": coded,
        f"coded/{CODE}/path.dcm": None,
        "Zargothy/Quillonia/two-folders.dcm": None,
        "Zargothi_Quillonia/nearly.dcm": None,
        "others/namesake.dcm": patient("Zargothy^Quillonia", "55667788", "19991231"),
        "others/somebody.dcm": patient("Oyarzabal^Ane", "99887766", "19700101"),
        "others/clean.dcm": None,
    }
    for number, (path, make) in enumerate(files.items(), 1):
        image(volume / path, number, make)  # type: ignore[arg-type]
    (volume / "keys.csv").write_text(
        "surname;first name;birth date;code\n"
        f"Zargothy;Quillonia;1961-02-03;{CODE}\nOyarzabal;Ane;1970-01-01;PSN-8R\n"
    )
    (volume / "noise.bin").write_bytes(b"\0\1\2\3" * 9)


def scanned(home: Path) -> Path:
    """The scan file of the volume, planted and scanned under the key of the tests."""
    home.mkdir(parents=True, exist_ok=True)
    plant(home / "volume")
    (home / "key").write_bytes(KEY)
    request = Request((home / "volume",), home / "out", key=home / "key", jobs=1, crack_seconds=0)
    return scan(plan(request), lambda _progress: None)


@cache
def words() -> Lexicon:
    return lexicon.load(shipped.rules() / "lexicons")


def marker() -> Marker:
    return Marker(KEY, words().ordinary)


def ask(file: Path, *people: Person, **asked: object) -> Locating:
    store = Store.open(file)
    try:
        return located(store, KEY, Asked(people, **asked))  # type: ignore[arg-type]
    finally:
        store.close()


def told(file: Path, found: Locating) -> dict[str, set[tuple[Strength, str]]]:
    """The strength and reason of what was found, by path below the root."""
    store = Store.open(file)
    places: dict[str, set[tuple[Strength, str]]] = {}
    for one in found.found:
        places.setdefault(path(store, one), set()).add((one.strength, one.why))
    store.close()
    return places


def path(store: Store, one: Located) -> str:
    row, names = store.row(one.entry), list[str]()
    while row.parent:
        names.append(row.name.decode())
        row = store.row(row.parent)
    return "/".join(reversed(names))
