"""A tree as BIDS data sets are, made from a seed: nothing in it names anybody.

python benchmarks/bids_tree.py FOLDER [--seed 1] [--subjects 20]
"""

import argparse
import json
import random
from pathlib import Path

_README = """# Visual localiser at 3T

Twenty healthy volunteers looked at faces, houses and objects while BOLD images were acquired.
Each session began with a localiser and a T1-weighted image (MPRAGE, 1 mm isotropic).

## Preprocessing

DICOM files were converted with dcm2niix and defaced with pydeface. See `code/convert.sh`.
Motion was corrected with FSL's mcflirt; brain extraction used bet with the default threshold.

## Contact

Please open an issue at https://github.com/OpenNeuroDatasets/ds000000 if something is missing.
"""
_CHANGES = """1.0.1 2019-08-14
  - Corrected the slice timing of two runs

1.0.0 2018-03-02
  - Initial release
"""
_DESCRIPTION = {
    "Name": "Visual localiser",
    "BIDSVersion": "1.8.0",
    "License": "CC0",
    "Authors": ["Ada Lindqvist", "Marek Kowalski", "J. Okonkwo"],
    "Acknowledgements": "We thank all volunteers, and the staff of the imaging centre.",
    "HowToAcknowledge": "Please cite Lindqvist, A., Kowalski, M. and Okonkwo, J. (2019).",
    "Funding": ["Grant R01 MH000000"],
    "DatasetDOI": "doi:10.18112/openneuro.ds000000.v1.0.1",
    "GeneratedBy": [{"Name": "heudiconv", "Version": "0.11.6"}],
}


def main() -> None:
    """Write the tree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--subjects", type=int, default=20)
    options = parser.parse_args()
    write(options.folder, options.seed, options.subjects)


def write(top: Path, seed: int, subjects: int) -> None:
    """Write a data set of so many subjects."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    top.mkdir(parents=True, exist_ok=True)
    (top / "README").write_text(_README)
    (top / "CHANGES").write_text(_CHANGES)
    (top / ".bidsignore").write_text("*_log.txt\nsub-*/tmp*\n")
    _json(top / "dataset_description.json", _DESCRIPTION)
    _json(top / "participants.json", _columns())
    _json(top / "task-faces_bold.json", {"TaskName": "faces", "RepetitionTime": 2.0})
    rows = ["participant_id\tage\tsex\thandedness\tgroup"]
    for number in range(1, subjects + 1):
        sex, hand = chance.choice("MF"), chance.choice("RRRL")
        rows.append(f"sub-{number:02}\t{chance.randint(19, 44)}\t{sex}\t{hand}\tcontrol")
        for session in (1, 2):
            _session(top / f"sub-{number:02}" / f"ses-{session:02}", chance)
    (top / "participants.tsv").write_text("\n".join((*rows, "")))
    (top / "code").mkdir()
    (top / "code" / "convert.sh").write_text(
        "#!/bin/bash\nset -e\nfor s in sourcedata/sub-*; do\n"
        '  dcm2niix -b y -ba y -z y -f "%p_%s" -o "out/$(basename "$s")" "$s"\ndone\n'
    )


def _session(folder: Path, chance: random.Random) -> None:
    name = f"{folder.parent.name}_{folder.name}"
    for kind in ("anat", "func"):
        (folder / kind).mkdir(parents=True)
    _json(folder / "anat" / f"{name}_T1w.json", sidecar(chance, "t1_mprage_sag_p2_iso"))
    (folder / "anat" / f"{name}_T1w.nii.gz").write_bytes(b"")
    bold = sidecar(chance, "ep2d_bold_faces") | {"TaskName": "faces"}
    _json(folder / "func" / f"{name}_task-faces_bold.json", bold)
    events = ["onset\tduration\ttrial_type\tresponse_time\tstim_file"]
    for trial in range(60):
        kind = chance.choice(("face", "house", "object", "scrambled"))
        time = f"{chance.random():.3f}" if chance.random() < 0.9 else "n/a"  # noqa: PLR2004
        events.append(f"{trial * 2.5:.3f}\t1.0\t{kind}\t{time}\timages/{kind}_{trial:03}.png")
    (folder / "func" / f"{name}_task-faces_events.tsv").write_text("\n".join((*events, "")))
    day = f"{chance.randint(1877, 1924)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    scans = [f"anat/{name}_T1w.nii.gz\t{day}T10:02:11", f"func/{name}_bold.nii.gz\t{day}T10:14:32"]
    text = "\n".join(("filename\tacq_time", *scans, ""))
    (folder / f"{name}_scans.tsv").write_text(text)


def sidecar(chance: random.Random, protocol: str) -> dict[str, object]:
    """What dcm2niix writes beside an image when it is asked to leave persons out."""
    return {
        "Modality": "MR",
        "MagneticFieldStrength": 3,
        "ImagingFrequency": 123.2 + chance.random() / 100,
        "Manufacturer": "Siemens",
        "ManufacturersModelName": "Prisma_fit",
        "BodyPartExamined": "BRAIN",
        "PatientPosition": "HFS",
        "ProcedureStepDescription": "MRI BRAIN RESEARCH",
        "SoftwareVersions": "syngo MR E11",
        "MRAcquisitionType": "3D",
        "SeriesDescription": protocol,
        "ProtocolName": protocol,
        "ScanningSequence": "GR\\IR",
        "SequenceVariant": "SK\\SP\\MP",
        "ScanOptions": "IR",
        "SequenceName": "*tfl3d1_16ns",
        "ImageType": ["ORIGINAL", "PRIMARY", "M", "ND", "NORM"],
        "NonlinearGradientCorrection": False,
        "SeriesNumber": chance.randint(2, 19),
        "AcquisitionTime": f"{chance.randint(8, 18):02}:{chance.randint(0, 59):02}:"
        f"{chance.randint(0, 59):02}.{chance.randint(0, 999999):06}",
        "AcquisitionNumber": 1,
        "SliceThickness": 1,
        "SAR": chance.random() / 10,
        "EchoTime": 0.00226,
        "RepetitionTime": 2.3,
        "InversionTime": 0.9,
        "FlipAngle": 8,
        "PartialFourier": 1,
        "BaseResolution": 256,
        "ShimSetting": [chance.randint(-4000, 4000) for _ in range(8)],
        "TxRefAmp": chance.random() * 300,
        "PhaseResolution": 1,
        "ReceiveCoilName": "HeadNeck_64",
        "ReceiveCoilActiveElements": "HC1-7;NC1,2",
        "CoilString": "HC1-7;NC1,2",
        "PulseSequenceDetails": "%SiemensSeq%\\tfl",
        "WipMemBlock": "",
        "ConsistencyInfo": "N4_VE11C_LATEST_20160120",
        "PercentPhaseFOV": 100,
        "PhaseEncodingSteps": 255,
        "AcquisitionMatrixPE": 256,
        "ReconMatrixPE": 256,
        "ParallelReductionFactorInPlane": 2,
        "PixelBandwidth": 200,
        "DwellTime": 9.8e-06,
        "SliceTiming": [round(chance.random() * 2, 4) for _ in range(12)],
        "ImageOrientationPatientDICOM": [round(chance.random(), 6) for _ in range(6)],
        "InPlanePhaseEncodingDirectionDICOM": "ROW",
        "ConversionSoftware": "dcm2niix",
        "ConversionSoftwareVersion": "v1.0.20211006",
    }


def _columns() -> dict[str, object]:
    return {
        "age": {"Description": "age of the participant", "Units": "year"},
        "sex": {"Description": "sex as reported", "Levels": {"M": "male", "F": "female"}},
        "handedness": {
            "Description": "hand that is preferred",
            "Levels": {"R": "right", "L": "left"},
        },
    }


def _json(path: Path, told: object) -> None:
    path.write_text(json.dumps(told, indent="\t") + "\n")


if __name__ == "__main__":
    main()
