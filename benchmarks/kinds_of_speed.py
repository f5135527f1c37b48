"""Kinds of texts beside the images, made from a seed, and what Python alone takes to read them.

Each kind is as programs write it, with values that differ from file to file; nobody is named.
"""

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import yaml

from benchmarks.bids_tree import sidecar

_MANUAL = (Path(__file__).resolve().parents[1] / "docs" / "operations.md").read_text("utf-8")
_ROOT = "1.3.12.2.1107.5.2.43.66"
_TASKS = ("rest", "faces", "nback", "localizer")
_REGIONS = "thalamus caudate putamen pallidum hippocampus amygdala accumbens ventraldc".split()
_DONE = "acquired converted checked registered segmented smoothed".split()
_WELL = "good moderate poor excellent".split()


class Made(NamedTuple):
    """A kind: what makes its files, and how Python alone reads one."""

    files: Callable[[random.Random], Iterator[bytes]]
    peer: Callable[[bytes], object]


# --- JSON ----------------------------------------------------------------------------------------


def _json(value: object) -> bytes:
    return (json.dumps(value, indent="\t") + "\n").encode()


def _plain_sidecars(chance: random.Random) -> Iterator[bytes]:
    while True:
        yield _json(sidecar(chance, "t1_mprage_sag"))


def _uid(chance: random.Random) -> str:
    return f"{_ROOT}{chance.randint(100, 999)}.{chance.randint(10**20, 10**21)}.0.0.0"


def _converted(chance: random.Random) -> Iterator[bytes]:
    """What dcm2niix 1.0.2023 writes of a session, with the identifiers of its series kept."""
    while True:
        study = {"StudyInstanceUID": _uid(chance), "StudyID": str(chance.randint(1, 9))}
        for number in range(1, chance.randint(6, 14)):
            kind = chance.choice(("T1w", "bold", "dwi", "epi"))
            made = sidecar(chance, f"{kind}_{chance.choice(_TASKS)}")
            made |= {"SeriesInstanceUID": _uid(chance), **study, "SeriesNumber": number}
            made |= {"EchoTime": chance.choice((0.03, 0.0022, 0.0746, 0.0302)), "RawImage": True}
            made["ImageComments"] = chance.choice(("", "Unaliased MB3/PE4", "dark ref"))
            if kind != "T1w":
                slices = chance.choice((32, 44, 60))
                made["SliceTiming"] = [round(chance.random() * 2, 4) for _ in range(slices)]
                made["TaskName"] = chance.choice(_TASKS)
                made["EffectiveEchoSpacing"] = round(chance.random() / 1000, 9)
            made["ConversionSoftwareVersion"] = "v1.0.20230411"
            text = json.dumps(made, indent="\t").replace("\n\t]", "\t]")
            yield (text + "\n").encode()


def _state(chance: random.Random) -> Iterator[bytes]:
    """Measures of quality as MRIQC writes them, and file groups as heudiconv does: nested."""
    while True:
        subject = f"{chance.randint(1, 400):03}"
        meta = {k: v for k, v in sidecar(chance, "rest").items() if not isinstance(v, list)}
        measured = {f"fwhm_{axis}": chance.random() * 4 for axis in ("avg", "x", "y", "z")}
        measured |= {
            f"summary_{n}_p{p}": chance.random() * 900 for n in "bg csf gm" for p in (5, 95)
        }
        yield _json(
            {
                **measured,
                "bids_meta": {"subject_id": subject, "task_id": "rest", **meta},
                "provenance": {
                    "md5sum": f"{chance.getrandbits(128):032x}",
                    "settings": {"fd_thres": 0.2, "testing": False},
                    "software": "mriqc",
                    "warnings": {"large_rot_frame": False, "small_air_mask": False},
                },
                f"sourcedata/{_uid(chance)}": [f"{n:04}.dcm" for n in range(chance.randint(3, 9))],
            }
        )


def _catalogue(chance: random.Random) -> Iterator[bytes]:
    """One large file of many records."""
    made = _state(chance)
    while True:
        yield _json([json.loads(next(made)) for _ in range(400)])


def _notebooks(chance: random.Random) -> Iterator[bytes]:
    prose = _prose(chance)
    while True:
        cells: list[object] = []
        for number, line in enumerate(next(prose).decode().split("\n")[:60]):
            shown = [f"{n}  {chance.random():.6f}  {chance.choice(_REGIONS)}\n" for n in range(12)]
            code = [f"data = load('{chance.choice(_REGIONS)}_{number}.nii.gz')\n", "data.plot()\n"]
            output = {"name": "stdout", "output_type": "stream", "text": shown}
            cells.append({"cell_type": "markdown", "metadata": {}, "source": [line]})
            common = {"cell_type": "code", "execution_count": number, "metadata": {}}
            cells.append({**common, "outputs": [output], "source": code})
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        made = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4}
        yield (json.dumps(made, indent=1) + "\n").encode()


# --- YAML, XML, HTML -----------------------------------------------------------------------------


def _maps(chance: random.Random) -> Iterator[bytes]:
    """Maps of series to names, as bidscoin keeps them."""
    while True:
        lines = [
            "Options:",
            "  bidscoin:",
            "    version: 4.3.2",
            "    notderivative: SPM",
            "DICOM:",
        ]
        for kind in ("anat", "func", "dwi", "fmap"):
            lines.append(f"  {kind}:")
            for _ in range(chance.randint(4, 12)):
                task = chance.choice(_TASKS)
                image = f"{chance.randint(1, 30):03}/IM{chance.randint(1, 9999):04}.dcm"
                lines += (
                    f"  - provenance: /project/raw/sub-{chance.randint(1, 99):03}/{kind}/{image}",
                    "    properties: {filepath: null, filename: null, filesize: null}",
                    "    attributes:",
                    "      Modality: MR",
                    f"      ProtocolName: {task}_{kind}",
                    f"      SeriesDescription: {task}_{kind}_AP",
                    "      ImageType: \"['ORIGINAL', 'PRIMARY', 'M', 'ND']\"",
                    f"      EchoTime: '{chance.random() * 90:.2f}'",
                    f"      RepetitionTime: '{chance.randint(700, 3000)}'",
                    "    bids:",
                    f"      task: {task}",
                    "      acq: <SeriesDescription>",
                    "      run: <<>>",
                    f"      suffix: {chance.choice(('T1w', 'bold', 'dwi', 'epi'))}",
                    "    meta: {}",
                )
        yield "\n".join((*lines, "")).encode()


def _assessors(chance: random.Random) -> Iterator[bytes]:
    """Lists of volumes of a segmentation, as databases of images exchange them."""
    while True:
        session = f"DEV_E{chance.randint(1, 99999):05}"
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<fs:Freesurfer ID="{session}" project="DEV" xmlns:fs="http://nrg.wustl.edu/fs">',
            f"  <xnat:imageSession_ID>{session}</xnat:imageSession_ID>",
            "  <fs:measures>",
        ]
        for number in range(chance.randint(20, 80)):
            region = f"{chance.choice(('Left', 'Right'))}-{chance.choice(_REGIONS)}"
            lines += (
                f'    <fs:region name="{region}" SegId="{number}" hemisphere="left">',
                f"      <fs:NVoxels>{chance.randint(100, 99999)}</fs:NVoxels>",
                f"      <fs:Volume>{chance.random() * 9999:.3f}</fs:Volume>",
                f"      <fs:normMean>{chance.random() * 99:.4f}</fs:normMean>",
                f"      <fs:state>{chance.choice(_DONE)}</fs:state>",
                "    </fs:region>",
            )
        lines += ("  </fs:measures>", "</fs:Freesurfer>", "")
        body = "\n".join(lines).replace("xmlns:fs", 'xmlns:xnat="http://nrg.wustl.edu/x" xmlns:fs')
        yield body.encode()


def _pages(chance: random.Random) -> Iterator[bytes]:
    """Reports of a pipeline."""
    prose = _prose(chance)
    while True:
        lines = ["<!DOCTYPE html>", "<html><head><meta charset='utf-8'><title>Report</title>"]
        lines += ["<link rel=stylesheet href='style.css'></head><body class=report>"]
        for line in next(prose).decode().split("\n")[:80]:
            text = line.replace("<", "&lt;").replace(">", "&gt;")
            lines.append(f"<p class='note'>{text}<br>")
            lines.append(
                f"<table><tr><td>{chance.choice(_REGIONS)}</td><td>{chance.random():.4f}</td>"
                f"<td>{chance.choice(_WELL)}</td></tr></table>"
            )
        yield "\n".join((*lines, "</body></html>", "")).encode()


# --- tables --------------------------------------------------------------------------------------


def _events(chance: random.Random) -> Iterator[bytes]:
    while True:
        rows = ["onset\tduration\ttrial_type\tresponse_time\tstim_file"]
        for trial in range(300):
            kind = chance.choice(("face", "house", "object", "scrambled"))
            rows.append(f"{trial * 2.5:.3f}\t1.0\t{kind}\t{chance.random():.3f}\timages/{kind}.png")
        yield "\n".join((*rows, "")).encode()


def _scans(chance: random.Random) -> Iterator[bytes]:
    """`scans.tsv` of one session each, dates shifted as BIDS demands."""
    while True:
        name = f"sub-{chance.randint(1, 400):03}_ses-{chance.randint(1, 3):02}"
        day = f"{chance.randint(1877, 1924)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        rows = ["filename\tacq_time\toperator"]
        for number in range(chance.randint(4, 14)):
            task = f"{name}_task-{chance.choice(_TASKS)}_run-{number:02}_bold.nii.gz"
            when = f"{day}T{chance.randint(8, 19):02}:{chance.randint(0, 59):02}:11.{number:06}"
            rows.append(f"func/{task}\t{when}\tn/a")
        yield "\n".join((*rows, "")).encode()


def _wide(chance: random.Random) -> Iterator[bytes]:
    """Phenotypes: many columns of figures, codes, days since the beginning and short remarks."""
    regions = [f"{side}_{one}_{what}" for one in _REGIONS for side in "lr" for what in "va"]
    while True:
        rows = [",".join(("participant_id", "visit", "age", "sex", "quality", "remark", *regions))]
        for number in range(1, 400):
            remark = f"{chance.choice(_DONE)} and {chance.choice(_DONE)}, quality {number % 5}"
            figures = (f"{chance.random() * 9000:.2f}" for _ in regions)
            known = (f"sub-{number:04}", f"V{number % 4}", f"{chance.random() * 60 + 18:.1f}")
            cells = (*known, chance.choice("MF"), chance.choice(_WELL), f'"{remark}"', *figures)
            rows.append(",".join(cells))
        yield "\n".join((*rows, "")).encode()


# --- lines ---------------------------------------------------------------------------------------


def _logs(chance: random.Random) -> Iterator[bytes]:
    tools = ("bet", "fast", "flirt", "eddy", "topup", "recon-all")
    while True:
        lines = []
        for second in range(2000):
            stamp = f"2024-03-{chance.randint(1, 28):02} {second // 3600:02}:{second // 60 % 60:02}"
            subject = f"sub-{chance.randint(1, 400):03}"
            tool = chance.choice(tools)
            lines.append(
                f"{stamp}:{second % 60:02},{chance.randint(0, 999):03} INFO nipype.workflow: "
                f'[Node] Running "{tool}" for {subject} took {chance.random():.6f}s'
            )
        yield "\n".join((*lines, "")).encode()


def _prose(chance: random.Random) -> Iterator[bytes]:
    """Lines of a manual in another order, each of them with another ending."""
    lines = [line for line in _MANUAL.splitlines() if line.strip()]
    while True:
        yield "\n".join((*chance.sample(lines, len(lines)), "")).encode()


def _notes(chance: random.Random) -> Iterator[bytes]:
    """Sentences that no file has twice: words of a manual, in an order of their own."""
    words = sorted(set(re.findall(r"[a-z]{3,}", _MANUAL)))
    while True:
        lines = []
        for _ in range(60):
            said = " ".join(chance.choices(words, k=chance.randint(5, 14)))
            lines.append(f"{said.capitalize()} {chance.randint(1, 400)}.")
        yield "\n".join((*lines, "")).encode()


# --- peers ---------------------------------------------------------------------------------------


def _rows(data: bytes) -> object:
    text = data.decode()
    return list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text[:80] else ","))


def _yaml(data: bytes) -> object:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(data, Loader=loader)  # noqa: S506 - a safe loader


def _html(data: bytes) -> object:
    parser = HTMLParser()
    parser.feed(data.decode())
    return parser


def _words(data: bytes) -> object:
    return re.findall(r"\w+", data.decode())


KINDS: dict[str, Made] = {
    "dcm2niix": Made(_converted, json.loads),
    "side-cars": Made(_plain_sidecars, json.loads),
    "state": Made(_state, json.loads),
    "catalogue": Made(_catalogue, json.loads),
    "notebooks": Made(_notebooks, json.loads),
    "yaml": Made(_maps, _yaml),
    "xml": Made(_assessors, ET.fromstring),
    "html": Made(_pages, _html),
    "events": Made(_events, _rows),
    "scans": Made(_scans, _rows),
    "wide": Made(_wide, _rows),
    "logs": Made(_logs, _words),
    "prose": Made(_prose, _words),
    "notes": Made(_notes, _words),
}
