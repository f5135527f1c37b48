"""Plants in texts and tables: side-cars, logs, mapping tables, states of converters, notebooks."""

import json
from collections.abc import Callable

from benchmarks.beside_plant import Field, Plant, written

Text = Callable[[str, int], str]

_HEADINGS = {
    Field.FAMILY: (
        *("apellidos", "Nachname", "surname", "Nom de famille", "cognome", "sobrenome", "nazwisko"),
        *("efternamn", "sukunimi", "achternaam", "příjmení", "vezetéknév", "soyadı", "last_name"),
    ),
    Field.NAME: (
        *("PatientName", "Patient's Name", "full name", "nombre completo", "nom et prénom"),
        *("imię i nazwisko", "patient_name", "Patientenname", "ФИО", "姓名", "患者氏名"),
    ),
    Field.NUMBER: (
        *(
            "MRN",
            "Patient ID",
            "NHC",
            "Patientennummer",
            "hospital_number",
            "IPP",
            "medical record",
        ),
        *("historia clinica", "fødselsnummer", "codice fiscale", "AccessionNumber"),
    ),
    Field.BIRTH: (
        *("DOB", "date of birth", "Geburtsdatum", "fecha de nacimiento", "date de naissance"),
        *("data di nascita", "födelsedatum", "geboortedatum", "birth_date", "PatientBirthDate"),
    ),
}


def _heading(field: Field, number: int) -> str:
    of_field = _HEADINGS[field]
    return of_field[number % len(of_field)]


def _table(field: Field, delimiter: str, *, below: int = 0, quoted: bool = False) -> Text:
    """Nine rows with the value in one of them, below so many lines of a title."""

    def text(value: str, number: int) -> str:
        heading = _heading(field, number)
        told = f'"{value}"' if quoted else value
        rows = [["participant_id", "age", heading, "group"]]
        rows += [
            [f"sub-{n:03}", str(20 + n), told if n == number % 9 else "", "a"] for n in range(9)
        ]
        above = ["Export of the study", ""][:below]
        return "\n".join((*above, *(delimiter.join(row) for row in rows), ""))

    return text


def _sidecar(key: str, *more: str) -> Text:
    """A side-car of dcm2niix with one more pair."""

    def text(value: str, number: int) -> str:
        told: dict[str, object] = {
            "Modality": "MR",
            "MagneticFieldStrength": 3,
            "Manufacturer": "Siemens",
            "ManufacturersModelName": "Prisma",
            "SeriesDescription": "t1_mprage_sag",
            "ImageType": ["ORIGINAL", "PRIMARY", "M", "ND"],
            "EchoTime": 0.00226 + number / 1e6,
            "ImageOrientationPatientDICOM": [1, 0, 0, 0, 1, 0],
            key: value,
            "ConversionSoftware": "dcm2niix",
        }
        for one in more:
            told[one] = value
        return json.dumps(told, indent="\t")

    return text


def _nested(value: str, number: int) -> str:
    return json.dumps({"subjects": [{"id": f"sub-{number:02}", "patient": {"name": value}}]})


def _dicom_json(tag: str, vr: str) -> Text:
    def text(value: str, _number: int) -> str:
        held: object = {"Alphabetic": value.replace(" ", "^")} if vr == "PN" else value
        values = [held] if value else []
        return json.dumps(
            [{"00080060": {"vr": "CS", "Value": ["MR"]}, tag: {"vr": vr, "Value": values}}]
        )

    return text


def _heudiconv(value: str, number: int) -> str:
    head = "total_files_till_now\tseries_id\tdim1\tpatient_id\tprotocol_name\tis_derived"
    rows = [f"{n}\t{n}-t1w\t256\t{value}\tt1w{number}\tFalse" for n in range(4)]
    return "\n".join((head, *rows, ""))


def _notebook(value: str, number: int) -> str:
    output = {"output_type": "stream", "name": "stdout", "text": [f"Patient: {value}\n", "done\n"]}
    cell = {
        "cell_type": "code",
        "execution_count": number,
        "metadata": {},
        "source": ["import pandas as pd\n", "print(table.head())"],
        "outputs": [output],
    }
    return json.dumps(
        {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )


def _xml(value: str, number: int) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<study n="{number}"><Patient>'
        f"<PatientName>{value}</PatientName></Patient></study>\n"
    )


def _html(label: str) -> Text:
    return lambda value, number: (
        f"<!DOCTYPE html><html><body><h1>Report {number}</h1><table><tr><td>{label}</td>"
        f"<td>{value}</td></tr></table></body></html>\n"
    )


def _log(line: str) -> Text:
    def text(value: str, number: int) -> str:
        lines = [f"2024-03-{n + 1:02} 10:11:{n + 10},123 INFO node {n} finished" for n in range(20)]
        lines[number % 20] += "\n" + line.format(value=value, under=value.replace(" ", "_"))
        return "\n".join((*lines, ""))

    return text


def _ndjson(value: str, number: int) -> str:
    rows = (
        {"event": "sent", "n": n, "PatientName": value if n == number % 5 else ""} for n in range(5)
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


_CSV = {
    f"{name}-{field.value}": (field, name, delimiter)
    for name, delimiter in (("csv", ","), ("tsv", "\t"), ("semicolons", ";"), ("pipes", "|"))
    for field in (Field.FAMILY, Field.NAME, Field.NUMBER, Field.BIRTH)
}

_PLANTS = (
    *(
        Plant(
            name, field, written(f"people.{'tsv' if kind == 'tsv' else 'csv'}", _table(field, by))
        )
        for name, (field, kind, by) in _CSV.items()
    ),
    Plant("csv-quoted", Field.NAME, written("people.csv", _table(Field.NAME, ",", quoted=True))),
    Plant(
        "csv-below-title", Field.FAMILY, written("export.txt", _table(Field.FAMILY, ";", below=2))
    ),
    Plant("csv-utf-16", Field.FAMILY, written("a.csv", _table(Field.FAMILY, ";"), "utf-16")),
    Plant("csv-utf-16-no-mark", Field.NAME, written("a.csv", _table(Field.NAME, ";"), "utf-16-le")),
    Plant("csv-utf-32", Field.NAME, written("a.csv", _table(Field.NAME, ","), "utf-32")),
    Plant("csv-utf-8-mark", Field.NUMBER, written("a.csv", _table(Field.NUMBER, ","), "utf-8-sig")),
    Plant(
        "csv-email",
        Field.EMAIL,
        written("contacts.csv", lambda v, n: f"id,contact,x\n{n},{v},a\n2,,b\n"),
    ),
    Plant("tsv-phone", Field.PHONE, written("contacts.tsv", lambda v, n: f"id\tphone\n{n}\t{v}\n")),
    Plant("list-of-names", Field.FAMILY, written("list.txt", lambda v, _n: f"surname\n\n{v}\n")),
    Plant(
        "participants",
        Field.NAME,
        written(
            "participants.tsv",
            lambda v, n: f"participant_id\tage\tname\tdob\nsub-{n:02}\t{20 + n}\t{v}\tn/a\n",
        ),
    ),
    Plant("sidecar-patient-name", Field.NAME, written("sub_T1w.json", _sidecar("PatientName"))),
    Plant("sidecar-patient-id", Field.NUMBER, written("sub_T1w.json", _sidecar("PatientID"))),
    Plant("sidecar-birth-date", Field.BIRTH, written("sub_T1w.json", _sidecar("PatientBirthDate"))),
    Plant("sidecar-accession", Field.NUMBER, written("a.json", _sidecar("AccessionNumber"))),
    Plant("sidecar-physician", Field.NAME, written("a.json", _sidecar("ReferringPhysicianName"))),
    Plant("sidecar-operator", Field.NAME, written("a.json", _sidecar("OperatorsName"))),
    Plant(
        "sidecar-comment",
        Field.NAME,
        written(
            "a.json", lambda v, n: _sidecar("ImageComments")(f"Patient {v}" if " " in v else "", n)
        ),
    ),
    Plant("json-nested", Field.NAME, written("subjects.json", _nested)),
    Plant(
        "json-compact",
        Field.FAMILY,
        written("a.json", lambda v, n: json.dumps([{"n": n, "apellidos": v}])),
    ),
    Plant(
        "json-escaped",
        Field.FAMILY,
        written(
            "a.json",
            lambda v, n: json.dumps({"x": [n], "Nachname": v}, indent=1, ensure_ascii=True),
        ),
    ),
    Plant(
        "json-birth", Field.BIRTH, written("a.json", lambda v, _n: json.dumps({"geburtsdatum": v}))
    ),
    Plant(
        "json-broken",
        Field.NAME,
        written("a.json", lambda v, _n: '{"a": 1, "PatientName": "' + v + '", "b": {'),
    ),
    Plant("dicom-json-name", Field.NAME, written("a.json", _dicom_json("00100010", "PN"))),
    Plant("dicom-json-number", Field.NUMBER, written("a.json", _dicom_json("00100020", "LO"))),
    Plant("dicom-json-birth", Field.BIRTH, written("a.json", _dicom_json("00100030", "DA"))),
    Plant("ndjson", Field.NAME, written("lines.json", _ndjson)),
    Plant("heudiconv-dicominfo", Field.NAME, written("a.tsv", _heudiconv)),
    Plant(
        "yaml-name",
        Field.NAME,
        written("study.yaml", lambda v, n: f"study: a\nseries: {n}\npatient:\n  name: {v}\n"),
    ),
    Plant(
        "yaml-birth",
        Field.BIRTH,
        written("a.yaml", lambda v, n: f"---\nsubject: sub-{n:02}\ndate of birth: '{v}'\n"),
    ),
    Plant(
        "yaml-list",
        Field.FAMILY,
        written("a.yml", lambda v, n: f'subjects:\n  - id: sub-{n:02}\n    surname: "{v}"\n'),
    ),
    Plant(
        "toml",
        Field.NAME,
        written(
            "conf.toml", lambda v, n: f'[run]\nnumber = {n}\n\n[subject]\npatient_name = "{v}"\n'
        ),
    ),
    Plant(
        "ini",
        Field.NUMBER,
        written("conf.ini", lambda v, n: f"[run]\nn={n}\n[patient]\nPatientID={v}\n"),
    ),
    Plant("xml", Field.NAME, written("study.xml", _xml)),
    Plant("html", Field.NAME, written("report.html", _html("Patient name"))),
    Plant("html-birth", Field.BIRTH, written("report.html", _html("Geburtsdatum"))),
    Plant("notebook-output", Field.NAME, written("a.ipynb", _notebook)),
    Plant("log-labelled", Field.NAME, written("convert.log", _log("Patient name: {value}"))),
    Plant(
        "log-sentence",
        Field.NAME,
        written("convert.log", _log("Converting series of patient {value} now")),
    ),
    Plant("log-email", Field.EMAIL, written("mail.log", _log("sent to {value}"))),
    Plant(
        "log-path", Field.NAME, written("copy.log", _log("copied /export/raw/{under}/IM0001.dcm"))
    ),
    Plant(
        "script-path",
        Field.NAME,
        written(
            "convert.sh",
            lambda v, n: f'#!/bin/sh\ndcm2niix -o out/{n} "/data/dicom/{v.replace(" ", "_")}/MR"\n',
        ),
    ),
    Plant(
        "script-windows",
        Field.NAME,
        written(
            "convert.bat", lambda v, n: f"copy D:\\export\\{v.replace(' ', '_')}\\IM{n} C:\\out\\\n"
        ),
    ),
    Plant(
        "prose",
        Field.NAME,
        written(
            "notes.txt",
            lambda v, _n: f"The scan was repeated, as the patient moved.\nPatient: {v}\n",
        ),
    ),
    Plant(
        "prose-birth",
        Field.BIRTH,
        written("notes.txt", lambda v, _n: f"Seen today.\nDate of birth: {v}\n"),
    ),
    Plant(
        "prose-latin-1",
        Field.NAME,
        written(
            "notes.txt", lambda v, _n: f"Erklärung für später\nPatientenname: {v}\n", "latin-1"
        ),
    ),
)
PLANTS = {"tables and texts": _PLANTS}
"""All plants of this module, by kind of place."""
