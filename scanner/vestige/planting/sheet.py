"""Sheets: a table of texts, written in each of the forms in which people and programs keep one."""

import csv
import io
import json
import pickle
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from xml.sax.saxutils import escape

Headings = Sequence[str]
Rows = Sequence[Sequence[str]]

_EPOCH = (1980, 1, 1, 0, 0, 0)


def written(form: str, headings: Headings, rows: Rows) -> bytes:
    """A table in a form; without headings where none are given. KeyError if there is no such form.

    Forms that pair two texts pair the first column with the last.
    """
    return FORMS[form](headings, rows)


def _separated(delimiter: str) -> Callable[[Headings, Rows], bytes]:
    def write(headings: Headings, rows: Rows) -> bytes:
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerows([headings, *rows] if headings else rows)
        return stream.getvalue().encode()

    return write


def _lines(template: str, head: str = "", tail: str = "") -> Callable[[Headings, Rows], bytes]:
    """Lines that each pair the first text of a row with the last."""

    def write(_: Headings, rows: Rows) -> bytes:
        lines = (template.replace("{0}", row[0]).replace("{1}", row[-1]) for row in rows)
        return (head + "".join(f"{line}\n" for line in lines) + tail).encode()

    return write


def _records(headings: Headings, rows: Rows) -> list[dict[str, str]]:
    named = headings or [f"c{number}" for number, _ in enumerate(rows[0], 1)]
    return [dict(zip(named, row, strict=True)) for row in rows]


def _json_records(headings: Headings, rows: Rows) -> bytes:
    return json.dumps(_records(headings, rows), indent=1, ensure_ascii=False).encode()


def _json_pairs(_: Headings, rows: Rows) -> bytes:
    return json.dumps({row[0]: row[-1] for row in rows}, indent=2, ensure_ascii=False).encode()


def _json_by_code(headings: Headings, rows: Rows) -> bytes:
    told = {row[-1]: one for row, one in zip(rows, _records(headings, rows), strict=True)}
    inner = {code: dict(list(one.items())[:-1]) for code, one in told.items()}
    return json.dumps({"lookup": inner}, ensure_ascii=False).encode()


def _json_lines(headings: Headings, rows: Rows) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in _records(headings, rows)).encode()


def _yaml(_: Headings, rows: Rows) -> bytes:
    return "".join(f'"{row[0]}": "{row[-1]}"\n' for row in rows).encode()


def _xml(headings: Headings, rows: Rows) -> bytes:
    records = "".join(
        "<row>" + "".join(f"<{key}>{escape(cell)}</{key}>" for key, cell in one.items()) + "</row>"
        for one in (_tagged(one) for one in _records(headings, rows))
    )
    return f'<?xml version="1.0"?>\n<rows>{records}</rows>\n'.encode()


def _tagged(record: Mapping[str, str]) -> dict[str, str]:
    return {"".join(c if c.isalnum() else "_" for c in key): cell for key, cell in record.items()}


def _html(headings: Headings, rows: Rows) -> bytes:
    head = "".join(f"<th>{escape(one)}</th>" for one in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<html><body><table><tr>{head}</tr>{body}</table></body></html>".encode()


def _sqlite(headings: Headings, rows: Rows) -> bytes:
    named = headings or [f"c{number}" for number, _ in enumerate(rows[0], 1)]
    with closing(sqlite3.connect(":memory:")) as database:
        columns = ", ".join(f'"{one}"' for one in named)
        database.execute(f"CREATE TABLE t ({columns})")
        marks = ", ".join("?" for _ in named)
        database.executemany(f"INSERT INTO t VALUES ({marks})", rows)  # noqa: S608 - marks alone
        database.commit()
        return database.serialize()


def _sql(headings: Headings, rows: Rows) -> bytes:
    columns = f" ({', '.join(headings)})" if headings else ""
    told = (", ".join("'" + cell.replace("'", "''") + "'" for cell in row) for row in rows)
    lines = (f"INSERT INTO t{columns} VALUES ({row});\n" for row in told)  # noqa: S608 - no database
    return "".join(lines).encode()


def _pickled(headings: Headings, rows: Rows) -> bytes:
    return pickle.dumps(_records(headings, rows))


def _pickled_pairs(_: Headings, rows: Rows) -> bytes:
    return pickle.dumps({row[0]: row[-1] for row in rows})


def _vectors(headings: Headings, rows: Rows) -> bytes:
    named = headings or [f"c{number}" for number, _ in enumerate(rows[0], 1)]
    columns = zip(named, zip(*rows, strict=True), strict=True)
    lines = []
    for name, cells in columns:
        quoted = ", ".join(json.dumps(one, ensure_ascii=False) for one in cells)
        lines.append(f"{name.replace(' ', '.')} <- c({quoted})\n")
    return "".join(lines).encode()


def _workbook(headings: Headings, rows: Rows) -> bytes:
    lines = [headings, *rows] if headings else rows
    cells = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in line)
        + "</row>"
        for line in lines
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    return _package({"[Content_Types].xml": _TYPES, "xl/worksheets/sheet1.xml": sheet})


def _document(headings: Headings, rows: Rows) -> bytes:
    lines = [headings, *rows] if headings else rows
    table = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in line)
        + "</w:tr>"
        for line in lines
    )
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:document xmlns:w="{name}"><w:body><w:tbl>{table}</w:tbl></w:body></w:document>'
    return _package({"[Content_Types].xml": _TYPES, "word/document.xml": text})


_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def _package(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return stream.getvalue()


def _zipped(headings: Headings, rows: Rows) -> bytes:
    return _package({"notes/list.csv": _separated(";")(headings, rows)})


FORMS: Mapping[str, Callable[[Headings, Rows], bytes]] = {
    "csv": _separated(","),
    "semicolons": _separated(";"),
    "tabs": _separated("\t"),
    "lines": _lines("{0};{1}"),
    "words": _lines("{0}   {1}"),
    "arrows": _lines("2021-03-04 11:22:33 INFO renamed {0} -> {1}"),
    "properties": _lines("ptid/{0}={1}"),
    "moves": _lines('mv "incoming/{0}" "release/{1}"', "#!/bin/sh\n"),
    "python": _lines('    "{0}": "{1}",', "import os\n\nKEY = {\n", "}\n"),
    "r": _lines('  "{0}" = "{1}",', "key <- c(\n", "  NULL)\n"),
    "vectors": _vectors,
    "json-records": _json_records,
    "json-pairs": _json_pairs,
    "json-by-code": _json_by_code,
    "json-lines": _json_lines,
    "yaml": _yaml,
    "xml": _xml,
    "html": _html,
    "sqlite": _sqlite,
    "sql": _sql,
    "pickle": _pickled,
    "pickled-pairs": _pickled_pairs,
    "workbook": _workbook,
    "document": _document,
    "zip": _zipped,
}
"""The forms, by the names that recipes give them."""
