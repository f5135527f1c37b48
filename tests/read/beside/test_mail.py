import base64
from email.message import EmailMessage

import pytest

from tests.read.beside.papers import of_file
from vestige.read.beside import mail
from vestige.read.beside.kinds import kind_of
from vestige.read.beside.parts import Held

HEAD = b"From: a@example.org\nTo: b@example.org\nSubject: x\n"


def message() -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jörg Müller <jm@example.org>"
    made["To"] = '"Probe, Paula" <pp@example.org>, list@example.org'
    made["Subject"] = "Befund für Max Muster"
    made.set_content("Patient name: Eva Beispiel\n")
    made.add_alternative("<p>MRN: <b>4711123</b></p>", subtype="html")
    made.add_attachment(b"a,b\n", maintype="text", subtype="csv", filename="Liste Müller.csv")
    return made


def test_people_texts_and_attachments_are_told() -> None:
    found = of_file(message().as_bytes())
    assert found.texts["mail header from"] == ["Jörg Müller", "jm@example.org"]
    assert set(found.texts["mail header to"]) == {
        "Probe, Paula",
        "pp@example.org",
        "list@example.org",
    }
    assert found.texts["mail header subject"] == ["Befund für Max Muster"]
    assert found.texts["mail text > PatientName"] == ["Eva Beispiel"]
    assert "4711123" in " ".join(found.texts["mail text"])
    assert found.inner == {"Liste Müller.csv".encode(): b"a,b\n"}
    assert found.lost == []


def test_messages_of_a_box_are_read_one_by_one() -> None:
    one = b"From x@y Mon Jan 1\n" + message().as_bytes() + b"\n"
    found = of_file(one * 3)
    assert found.texts["mail text > PatientName"] == ["Eva Beispiel"] * 3
    numbered = b"%d\n" % len(message().as_bytes()) + message().as_bytes()
    assert of_file(numbered).texts["mail text > PatientName"] == ["Eva Beispiel"]


def test_transfer_encodings_are_undone_as_far_as_they_are_whole() -> None:
    body = base64.b64encode("Patient name: Jörg Müller".encode("latin-1"))
    head = (
        HEAD
        + b"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n"
    )
    assert of_file(head + body).texts["mail text > PatientName"] == ["Jörg Müller"]
    quoted = (
        HEAD + b"Content-Transfer-Encoding: quoted-printable\n\nPatient name: J=C3=B6rg M=\n=C3=BC"
    )
    assert of_file(quoted).texts["mail text > PatientName"] == ["Jörg Mü"]
    assert of_file(head + b"x").lost == []


def test_names_of_attachments_are_put_together() -> None:
    parts = (
        b"Content-Disposition: attachment; filename*0*=utf-8''M%C3%BCl; filename*1*=ler.bin\n\nxyz"
    )
    assert of_file(HEAD + parts).inner == {"Müller.bin".encode(): b"xyz"}


@pytest.mark.parametrize(
    "data",
    [b"Name: x\nAge: 7\n", b"From here to there\n", b"key: value\nfrom: x\n", b"", b"\0" * 99],
)
def test_other_texts_are_no_mail(data: bytes) -> None:
    assert not mail.looks(Held(data))
    kind = kind_of(Held(data))
    assert kind is None or kind.name != "mail"


def test_encrypted_and_endless_messages_are_told() -> None:
    closed = HEAD + b"Content-Type: application/pkcs7-mime; name=smime.p7m\n\nxx"
    assert of_file(closed).lost == ["protected"]
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)
    )
    assert of_file(HEAD + deep).lost == ["archive-budget"]
    wide = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 9_000
    assert len(of_file(wide).lost) <= 1


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Type: text/plain" + b';a="' * 200_000,
        b"Subject: " + b"=?a?q?" * 150_000,
        b"To: " + b'"<(' * 250_000,
        b"To: " + b"a@b, " * 30_000,
    ],
)
def test_headers_that_never_end_take_no_time(line: bytes) -> None:
    assert of_file(HEAD + line + b"\n\nMRN: 4711123").texts["mail text > PatientID"] == ["4711123"]
