import random
import struct

import pytest

from benchmarks.compounds import compound
from tests.read.beside.papers import artist, jpeg, of_file
from tests.read.beside.test_property_sets import SUMMARY, page, property_set, text
from tests.read.beside.test_word import document

DATA, TABLE = document("Patient name: Eva Beispiel\r")
AUTHOR = property_set(SUMMARY, {1: page(1252), 4: text("Paula Probe")})
SOME = compound({"WordDocument": DATA, "0Table": TABLE, "\5SummaryInformation": AUTHOR})


def test_streams_are_read_by_their_names() -> None:
    found = of_file(SOME)
    assert found.texts["document text > PatientName"] == ["Eva Beispiel"]
    assert found.texts["document property author"] == ["Paula Probe"]
    assert found.lost == []


def test_messages_presentations_and_users_are_known() -> None:
    name = "Paula Probe".encode("utf-16-le")
    mail = compound({"__properties_version1.0": bytes(32), "__substg1.0_0C1A001F": name})
    assert of_file(mail).texts["mail header recipient"] == ["Paula Probe"]
    slide = struct.pack("<HHI", 0, 4000, len(name)) + name
    assert of_file(compound({"PowerPoint Document": slide})).texts["presentation"] == [
        "Paula Probe"
    ]


def test_objects_and_pictures_are_files_of_their_own() -> None:
    packed = struct.pack("<IH", 99, 2) + b"list.pdf\0C:\\Users\\paula\\list.pdf\0%PDF-x"
    shot = jpeg((0xFE, b"x"))
    found = of_file(
        compound({"\1Ole10Native": packed, "Pictures": b"head" * 9 + shot, "Package": b"PK\3\4"})
    )
    assert "C:\\Users\\paula\\list.pdf" in found.texts["document object"]
    assert found.inner[b"object"].startswith(b"%PDF-x")
    assert found.inner[b"picture"].startswith(shot)
    assert found.inner[b"stream"].startswith(b"PK")
    assert of_file(compound({"Unknown": b"Muster Max"})).texts["document bytes"] == ["Muster Max"]
    assert artist() not in found.inner.values()


def test_encrypted_documents_and_catalogs_of_thumbnails() -> None:
    assert of_file(compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})).lost == [
        "protected"
    ]
    assert of_file(compound({"Catalog": b"Muster Max"})) == ({}, [], {}, {})


@pytest.mark.parametrize("length", [8, 400, 600, 1500])
def test_a_file_that_breaks_off_is_a_loss(length: int) -> None:
    assert of_file(SOME[:length]).lost == ["damaged"]


def test_no_mutant_is_an_error() -> None:
    chance = random.Random(7)  # noqa: S311 - chance, not secrecy
    losses = set()
    for _ in range(120):
        data = bytearray(SOME)
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(24, len(data))] = chance.randrange(256)
        losses.update(of_file(bytes(data)).lost)
    assert losses <= {"damaged", "protected", "archive-budget"}
    assert "damaged" in losses
