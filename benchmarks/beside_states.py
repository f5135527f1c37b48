"""Plants in what converters, pipelines, archives of images and studies leave beside the images."""

import json
from collections.abc import Callable
from pathlib import Path

from benchmarks.beside_plant import Field, Plant, written

Text = Callable[[str, int], str]

_NAME, _FAMILY, _NUMBER = Field.NAME, Field.FAMILY, Field.NUMBER


def _at(kind: str, field: Field, name: str, text: Text, codec: str = "utf-8") -> Plant:
    return Plant(kind, field, written(name, text, codec))


def _under(value: str) -> str:
    return value.replace(" ", "_")


def _caret(value: str) -> str:
    given, _, family = value.partition(" ")
    return f"{family}^{given}" if family else value


def _parts(value: str) -> tuple[str, str]:
    """Given name and surname; a code twice."""
    given, _, family = value.partition(" ")
    return given, family or given


# --- converters ----------------------------------------------------------------------------------


def _filegroup(value: str, number: int) -> str:
    files = [f"/data/dicom/{_under(value)}/MR/IM{n:04}" for n in range(3)]
    return json.dumps({f"{number}-t1_mprage": files})


def _auto(value: str, number: int) -> str:
    return (
        "{('sub-{subject}/anat/sub-{subject}_T1w', ('nii.gz',), None): "
        f"['/raw/{_under(value)}/{number}/IM1', '/raw/{_under(value)}/{number}/IM2']}}\n"
    )


def _dicominfo(value: str, number: int) -> str:
    heads = "total_files_till_now example_dcm_file series_id dcm_dir_name sequence_name dim1 "
    heads += "patient_id study_description referring_physician_name accession_number date"
    row = f"{number} IM1 2-t1 MR tfl3d1 256 sub-01 brain {value or 'n/a'} 0 20010101"
    cells = (
        row.split(" ") if " " not in value else [*row.partition(value)[0].split(), value, "0", "-"]
    )
    return "\t".join(heads.split()) + "\n" + "\t".join(cells) + "\n"


def _bidsmap(key: str) -> Text:
    def text(value: str, number: int) -> str:
        told = _under(value) if key == "filepath" else value
        where = f"/project/raw/{told}/ses-{number}/IM1" if key == "filepath" else "/raw/sub-01/IM1"
        name = value if key == "PatientName" else "sub-01"
        return (
            "Options:\n  version: 4.3.2\n  bidscoin:\n    bidsignore: extra_data/\nDICOM:\n"
            "  subject: <filepath:/sub-(.*?)/>\n  anat:\n"
            f"  - provenance: {where}\n    properties:\n      filepath:\n      nrfiles: 192\n"
            f"    attributes:\n      Modality: MR\n      PatientName: {name}\n"
            "    bids:\n      suffix: T1w\n"
        )

    return text


def _bidscoiner_log(value: str, number: int) -> str:
    return (
        "2024-03-01 10:11:12 - INFO | -------------- START BIDScoiner 4.3.2 ------------\n"
        f"2024-03-01 10:11:13 - INFO | Mapping: /project/raw/{_under(value)}/ses-{number}\n"
        "2024-03-01 10:11:14 - SUCCESS | Done\n"
    )


def _dcm2niix(value: str, number: int) -> str:
    return (
        "Chris Rorden's dcm2niiX version v1.0.20230411  (JP2:OpenJPEG) GCC8.4.0 x86-64 (64-bit)\n"
        f"Found {number + 20} DICOM file(s)\n"
        f"Convert 20 DICOM as /out/{_under(value)}_t1_mprage_20190302 (256x256x192x1)\n"
        "Conversion required 1.234 seconds (0.5 for core code).\n"
    )


def _source_json(value: str, number: int) -> str:
    sources = [f"/mnt/pacs/{_under(value)}_{number}/S1/IM{n}" for n in range(4)]
    return json.dumps({"dcmmeta_version": 0.6, "global": {"const": {}}, "sources": sources})


# --- exports of studies and archives -------------------------------------------------------------


def _redcap(value: str, number: int) -> str:
    given, family = _parts(value)
    return (
        "record_id,redcap_event_name,redcap_data_access_group,first_name,last_name,sex,"
        "demographics_complete\n"
        f"{number},baseline_arm_1,site_a,{given},{family},1,2\n"
        f"{number + 1},baseline_arm_1,site_a,,,2,0\n"
    )


def _odm(value: str, number: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" '
        'ODMVersion="1.3.1" FileType="Snapshot"><ClinicalData StudyOID="S1"><SubjectData '
        f'SubjectKey="{number}"><ItemGroupData ItemGroupOID="demographics"><ItemData '
        f'ItemOID="last_name" Value="{value}"/></ItemGroupData></SubjectData></ClinicalData></ODM>'
    )


def _xnat(value: str, number: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xnat:MRSession ID="X1" project="P1" '
        f'label="S{number}" xmlns:xnat="http://nrg.wustl.edu/xnat">\n'
        f"<xnat:dcmPatientName>{value}</xnat:dcmPatientName>\n</xnat:MRSession>\n"
    )


def _catalog(value: str, number: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<cat:DCMCatalog UID="1.2.3" '
        f'xmlns:cat="http://nrg.wustl.edu/catalog"><cat:entries><cat:entry URI="{_under(value)}'
        f'.MR.1.{number}.dcm" format="DICOM"/></cat:entries></cat:DCMCatalog>\n'
    )


def _ctp_map(value: str, number: int) -> str:
    return f"#{number}\n#Tue Mar 05 10:11:12 CET 2019\npt/{_under(value)}=0001\nptid/last=17\n"


def _rsna(value: str, number: int) -> str:
    return (
        "ANON-PatientID,ANON-PatientName,PHI-PatientName,PHI-PatientID,DateOffset,Phi-StudyDate\n"
        f"1-{number:06},1-{number:06},{_caret(value)},,-12,\n"
    )


def _rsna_log(value: str, number: int) -> str:
    return (
        "2024-05-01 12:00:00,123 - INFO - AnonymizerController.process - start\n"
        f"2024-05-01 12:00:0{number % 10},321 - ERROR - anonymize - Storage failed: "
        f"/data/private/quarantine/Capture_PHI_Error/{_under(value)}.dcm\n"
    )


def _orthanc(value: str, number: int) -> str:
    told = {
        "ID": "6816cb19-844d5aee-85245eba-28e841e6-2414fae2",
        "MainDicomTags": {"NumberOfStudyRelatedInstances": str(number)},
        "PatientMainDicomTags": {"PatientID": "sub-01", "PatientName": _caret(value)},
    }
    return json.dumps([told], indent=3)


def _orthanc_full(value: str, _number: int) -> str:
    told = {"Name": "PatientName", "Type": "String", "Value": _caret(value)}
    return json.dumps({"0008,0060": {"Name": "Modality", "Value": "MR"}, "0010,0010": told})


def _sql(value: str, number: int) -> str:
    given, family = _parts(value)
    return (
        "-- MySQL dump 10.13  Distrib 8.0.36\nCREATE TABLE `patients` (\n  `id` int NOT NULL,\n"
        "  `last_name` varchar(64),\n  `first_name` varchar(64)\n);\n"
        f"INSERT INTO `patients` VALUES ({number},'{family}','{given}');\n"
    )


def _pg(value: str, number: int) -> str:
    given, family = _parts(value)
    return (
        "--\n-- PostgreSQL database dump\n--\n\n"
        "COPY public.patients (id, last_name, first_name) FROM stdin;\n"
        f"{number}\t{family}\t{given}\n\\.\n"
    )


# --- what is written of headers ------------------------------------------------------------------


def _dcmdump(value: str, number: int) -> str:
    told = f"[{_caret(value)}]" if value else "(no value available)"
    return (
        "# Dicom-File-Format\n\n# Dicom-Data-Set\n# Used TransferSyntax: Little Endian Explicit\n"
        "(0008,0060) CS [MR]                                     #   2, 1 Modality\n"
        f"(0010,0010) PN {told}                    #  {number % 10 + 10}, 1 PatientName\n"
    )


def _pydicom(value: str, number: int) -> str:
    return (
        f"(0008, 0060) Modality                            CS: 'MR'\n"
        f"(0020, 0013) Instance Number                     IS: '{number}'\n"
        f"(0010, 0010) Patient's Name                      PN: '{_caret(value)}'\n"
    )


def _dicom_xml(value: str, _number: int) -> str:
    given, family = _parts(value)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><NativeDicomModel xml:space="preserve">'
        '<DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1">'
        f"<Alphabetic><FamilyName>{family}</FamilyName><GivenName>{given}</GivenName></Alphabetic>"
        "</PersonName></DicomAttribute></NativeDicomModel>"
    )


def _dcm2xml(value: str, number: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<file-format><data-set xfer="1.2.840.10008.1.2.1">'
        f'\n<element tag="0010,0010" vr="PN" vm="1" len="{number + 8}" name="PatientName">'
        f"{_caret(value)}</element>\n</data-set></file-format>\n"
    )


def _csv_of_tags(value: str, number: int) -> str:
    return (
        "Filename,(0008|0060),(0010|0010),(0020|0013)\n"
        f"IM1.dcm,MR,{_caret(value)},{number}\nIM2.dcm,MR,,{number + 1}\n"
    )


# --- shells, jobs, programs ----------------------------------------------------------------------


def _zsh(value: str, number: int) -> str:
    return (
        f": 170000000{number % 10}:0;cd /data\n"
        f': 1700000100:0;cp -r "/mnt/pacs/export/{value}/MR" sub-01\n: 1700000200:0;ls\n'
    )


def _bash(value: str, number: int) -> str:
    return f"cd /data\n#17000000{number:02}\nmv raw/{_under(value)} sub-{number:02}\nls -la\n"


def _viminfo(value: str, number: int) -> str:
    return (
        "# This viminfo file was generated by Vim 9.0.\n# File marks:\n"
        f"'0  {number + 1}  0  /data/raw/{_under(value)}/notes.txt\n"
    )


def _slurm(value: str, number: int) -> str:
    return (
        f"slurmstepd: error: Detected 1 oom_kill event in StepId={number}.batch\n"
        "Traceback (most recent call last):\n"
        '  File "/srv/u/convert.py", line 31, in main\n    image = load(path)\n'
        f"FileNotFoundError: [Errno 2] No such file or directory: '/raw/{_under(value)}/T1.nii'\n"
    )


def _python(value: str, number: int) -> str:
    given, family = _parts(value)
    return f'import sys\n\nSKIP = {number}\nSUBJECTS = {{\n    "{family}, {given}": "sub-01",\n}}\n'


def _matlab(value: str, number: int) -> str:
    return (
        f"% preprocessing, run {number}\nsubjects = {{'{_under(value)}', 'sub-02'}};\n"
        "for i = 1:numel(subjects)\n  spm_jobman('run', subjects{i});\nend\n"
    )


def _nnunet(value: str, number: int) -> str:
    image = f"./imagesTr/{_under(value)}_0000.nii.gz"
    label = f"./labelsTr/{_under(value)}.nii.gz"
    told = {"numTraining": number + 1, "training": [{"image": image, "label": label}]}
    return json.dumps({"modality": {"0": "MRI"}, **told})


def _mlflow(value: str, number: int) -> str:
    return (
        f"artifact_uri: file:///srv/u/mlruns/0/a1/artifacts\nend_time: 17000000{number:05}\n"
        f"run_name: eval\ntags:\n- key: data\n  value: /data/test/{_under(value)}/T1.nii.gz\n"
    )


def _snakemake(value: str, number: int) -> str:
    return (
        "Building DAG of jobs...\n[Tue Mar  5 10:11:12 2019]\nrule convert:\n"
        f"    input: raw/{_under(value)}/IM1\n    output: bids/sub-{number:02}_T1w.nii.gz\n"
    )


# --- notes and lists -----------------------------------------------------------------------------


def _markdown(value: str, number: int) -> str:
    return (
        "# Scans\n\n| no | Patient name | sequence |\n|----|--------------|----------|\n"
        f"| {number} | {value} | T1 |\n| {number + 1} | | T2 |\n"
    )


def _latex(value: str, number: int) -> str:
    return (
        "\\documentclass{article}\n\\begin{document}\n\\section{Case "
        f"{number}}}\nPatient name: {value} \\\\\n\\end{{document}}\n"
    )


def _vcard(value: str, _number: int) -> str:
    given, family = _parts(value)
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given};;;\r\nFN:{value}\r\nEND:VCARD\r\n"


def _calendar(value: str, number: int) -> str:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART:20240304T101500Z\r\n"
        f"UID:{number}@example.org\r\nSUMMARY:MRI patient {value}\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


def _fixed(value: str, number: int) -> str:
    rows = [f"{'No':<5}{'Patient name':<32}{'Age':>4}", "-" * 41]
    rows.append(f"{number:<5}{value:<32}{40 + number % 30:>4}")
    return "\n".join((*rows, ""))


def _columns(value: str, number: int) -> str:
    given, family = _parts(value)
    return f"sep=;\nid;Vorname;Nachname;Gruppe\n{number};{given};{family};a\n{number + 1};;;b\n"


def _no_heads(value: str, number: int) -> str:
    names = (value, "CASE-7", "CASE-8") if "CASE" in value else (value, *_OTHERS)
    return "".join(f"{number + n},{name},T1,{20 + n}\n" for n, name in enumerate(names))


_OTHERS = ("Martin Schneider", "Claudia Fischer", "Andrea Rossi", "Peter Novak")


def _multiline(value: str, number: int) -> str:
    return (
        f'id,report,x\n{number},"first line\nPatient name: {value}\nlast line",3\n{number + 1},,\n'
    )


def _plist(value: str, number: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0'
        '//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict>'
        f"<key>number</key><integer>{number}</integer><key>patientName</key>"
        f"<string>{value}</string></dict></plist>\n"
    )


def _svg(value: str, number: int) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
        f'<text x="{number}" y="20">Patient name: {value}</text></svg>\n'
    )


def _mrml(value: str, number: int) -> str:
    return (
        '<MRML version="Slicer4.11" userTags=""><Volume id="vtkMRMLVolumeNode'
        f'{number}" name="2: t1" attributes="DICOM.PatientName:{_caret(value)};"/></MRML>\n'
    )


def _notebook_html(value: str, number: int) -> str:
    html = f"<table><tr><th>id</th><th>Surname</th></tr><tr><td>{number}</td><td>{value}</td></tr>"
    data = {"text/html": [f"<div>{html}</table></div>"], "text/plain": ["..."]}
    output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
    cell = {"cell_type": "code", "metadata": {}, "source": ["table"], "outputs": [output]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


PLANTS = {
    "states of converters": (
        _at("heudiconv-filegroup", _NAME, ".heudiconv/01/info/filegroup.json", _filegroup),
        _at("heudiconv-auto", _NAME, ".heudiconv/01/info/01.auto.txt", _auto),
        _at("heudiconv-physician", _NAME, ".heudiconv/01/info/dicominfo.tsv", _dicominfo),
        _at("bidsmap-provenance", _NAME, "code/bidscoin/bidsmap.yaml", _bidsmap("filepath")),
        _at("bidsmap-attribute", _NAME, "code/bidscoin/bidsmap.yaml", _bidsmap("PatientName")),
        _at("bidscoiner-log", _NAME, "code/bidscoin/bidscoiner.log", _bidscoiner_log),
        _at("dcm2niix-log", _NAME, "tmp_dcm2bids/log/dcm2niix.txt", _dcm2niix),
        _at("sources-json", _NAME, "dcmmeta.json", _source_json),
        _at("nnunet-dataset", _NAME, "dataset.json", _nnunet),
        _at("mlflow-meta", _NAME, "mlruns/0/a1/meta.yaml", _mlflow),
        _at("snakemake-log", _NAME, ".snakemake/log/a.snakemake.log", _snakemake),
    ),
    "exports": (
        _at("redcap-csv", _NAME, "P1_DATA_2024-03-05_1011.csv", _redcap),
        _at("redcap-odm", _FAMILY, "P1_CDISC_ODM.xml", _odm),
        _at("xnat-session", _NAME, "session.xml", _xnat),
        _at("xnat-catalog", _NAME, "scan_catalog.xml", _catalog),
        _at("ctp-lookup", _NAME, "lookup-table.properties", _ctp_map),
        _at("rsna-phi", _NAME, "phi_export.csv", _rsna),
        _at("rsna-log", _NAME, "anonymizer.log", _rsna_log),
        _at("orthanc-tags", _NAME, "studies.json", _orthanc),
        _at("orthanc-full", _NAME, "tags.json", _orthanc_full),
        _at("mysql-dump", _NAME, "dump.sql", _sql),
        _at("postgres-dump", _NAME, "dump.sql", _pg),
        _at("dcmdump", _NAME, "IM1.dump", _dcmdump),
        _at("pydicom-print", _NAME, "IM1.txt", _pydicom),
        _at("dicom-native-xml", _NAME, "IM1.xml", _dicom_xml),
        _at("dcm2xml", _NAME, "IM1.xml", _dcm2xml),
        _at("csv-of-tags", _NAME, "tags.csv", _csv_of_tags),
        _at("mrml-scene", _NAME, "scene.mrml", _mrml),
    ),
    "scripts and jobs": (
        _at("zsh-history", _NAME, ".zsh_history", _zsh),
        _at("bash-history", _NAME, ".bash_history", _bash),
        _at("viminfo", _NAME, ".viminfo", _viminfo),
        _at("slurm-traceback", _NAME, "slurm-4711.out", _slurm),
        _at("python-literal", _NAME, "convert.py", _python),
        _at("matlab-script", _NAME, "convert.m", _matlab),
    ),
    "notes and lists": (
        _at("markdown-table", _NAME, "README.md", _markdown),
        _at("latex", _NAME, "case.tex", _latex),
        _at("vcard", _NAME, "a.vcf", _vcard),
        _at("calendar", _NAME, "a.ics", _calendar),
        _at("fixed-width", _NAME, "list.txt", _fixed),
        _at("two-columns", _NAME, "list.csv", _columns),
        _at("no-headings", _NAME, "list.csv", _no_heads),
        _at("cell-of-lines", _NAME, "reports.csv", _multiline),
        _at("plist", _NAME, "a.plist", _plist),
        _at("svg", _NAME, "a.svg", _svg),
        _at("notebook-html", _FAMILY, "a.ipynb", _notebook_html),
        _at("csv-cp1252", _NAME, "a.csv", _columns, "cp1252"),
        _at("csv-mac", _NAME, "a.csv", _columns, "mac_roman"),
        _at("csv-cp852", _NAME, "a.csv", _columns, "cp852"),
        _at("csv-cp1250", _NAME, "a.csv", _columns, "cp1250"),
    ),
}
"""All plants of this module, by kind of place."""

__all__ = ["PLANTS", "Path"]
