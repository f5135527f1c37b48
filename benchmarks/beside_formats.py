"""Plants in files of imaging and clinical formats: headers, messages, resources, raw data."""

import json
from collections.abc import Callable
from pathlib import Path

from benchmarks import imaging_files as files
from benchmarks.beside_plant import Field, Plant, held

_Make = Callable[[str, int], bytes | str]


def _plant(name: str, field: Field, file: str, make: _Make) -> Plant:
    def content(value: str, number: int) -> bytes:
        made = make(value, number)
        return made.encode() if isinstance(made, str) else made

    return Plant(name, field, held(file, content))


def _hdf5(name: str, field: Field, group: str, key: str, *, dataset: bool = False) -> Plant:
    def write(folder: Path, value: str, number: int) -> str:
        texts = {f"{group}/{key}": value} if dataset else {}
        about = {"info": {"version": f"2.1.{number}"}, **({} if dataset else {group: {key: value}})}
        files.hdf5(folder / "data.h5", about, texts)
        return "data.h5"

    return Plant(name, field, write)


# --- volumes -----------------------------------------------------------------------------------


def _lined(name: str) -> str:
    given, _, family = name.partition(" ")
    return f"{family}^{given}" if family else name


def _nrrd(lines: str) -> str:
    return (
        "NRRD0005\n# Complete NRRD file format specification at:\n"
        "# http://teem.sourceforge.net/nrrd/format.html\ntype: short\ndimension: 3\n"
        f"sizes: 4 4 4\nencoding: raw\n{lines}\n\n" + "\0\1" * 64
    )


def _mha(lines: str) -> str:
    return (
        "ObjectType = Image\nNDims = 3\nBinaryData = True\nDimSize = 4 4 4\n"
        f"{lines}ElementType = MET_UCHAR\nElementDataFile = LOCAL\n" + "\0\1" * 32
    )


def _par(name: str = "", examination: str = "", number: int = 0) -> str:
    return (
        "# === DATA DESCRIPTION FILE ======================================================\n#\n"
        "# CAUTION - Investigational device.\n# Limited by Federal Law to investigational use.\n#\n"
        "# Dataset name: D:\\Export\\scan_1\n#\n"
        "# CLINICAL TRYOUT             Research image export tool     V4.2\n#\n"
        "# === GENERAL INFORMATION ========================================================\n#\n"
        f".    Patient name                       :   {name}\n"
        f".    Examination name                   :   {examination}\n"
        ".    Protocol name                      :   T1W_3D_TFE\n"
        f".    Acquisition nr                     :   {number}\n"
        "# === PIXEL VALUES =============================================================\n"
    )


_VOLUMES = (
    _plant("nifti-descrip", Field.NAME, "T1w.nii", lambda v, _: files.nifti({"descrip": v})),
    _plant(
        "nifti-descrip-number",
        Field.NUMBER,
        "T1w.nii",
        lambda v, _: files.nifti({"descrip": f"MRN {v} TE=2.6"}),
    ),
    _plant("nifti-db-name", Field.NAME, "a.nii", lambda v, _: files.nifti({"db_name": v}, (), ">")),
    _plant("nifti-aux-file", Field.NAME, "a.nii", lambda v, _: files.nifti({"aux_file": v})),
    _plant(
        "nifti-comment",
        Field.NAME,
        "a.nii",
        lambda v, _: files.nifti({}, ((6, f"patient {v}, second run".encode()),)),
    ),
    _plant(
        "nifti-afni",
        Field.NAME,
        "a.nii",
        lambda v, _: files.nifti(
            {}, ((4, f'<AFNI_attributes><x PatientName="{v}"/></AFNI_attributes>'.encode()),)
        ),
    ),
    _plant("nifti-2-descrip", Field.NAME, "a.nii", lambda v, _: files.nifti_2({"descrip": v})),
    _plant(
        "nifti-trailing",
        Field.NAME,
        "a.nii",
        lambda v, _: files.nifti({}, trailing=f"\0\0\0Patient name: {v}\0\0".encode()),
    ),
    _plant(
        "analyze-patient-id", Field.NUMBER, "a.hdr", lambda v, _: files.analyze({"patient_id": v})
    ),
    _plant("analyze-descrip", Field.NAME, "a.hdr", lambda v, _: files.analyze({"descrip": v}, ">")),
    _plant("nrrd-key", Field.NAME, "a.nrrd", lambda v, _: _nrrd(f"PatientName:={_lined(v)}")),
    _plant("nrrd-tag", Field.NUMBER, "a.nrrd", lambda v, _: _nrrd(f"0010|0020:={v}")),
    _plant("nrrd-birth", Field.BIRTH, "a.nhdr", lambda v, _: _nrrd(f"0010|0030:={v}")),
    _plant("nrrd-content", Field.NAME, "a.nrrd", lambda v, _: _nrrd(f"content: {v}")),
    _plant("nrrd-comment", Field.NAME, "a.nrrd", lambda v, _: _nrrd(f"# patient: {v}")),
    _plant("mha-tag", Field.NAME, "a.mha", lambda v, _: _mha(f"0010|0010 = {_lined(v)}\n")),
    _plant("mha-key", Field.NUMBER, "a.mhd", lambda v, _: _mha(f"PatientID = {v}\n")),
    _plant("mha-comment", Field.NAME, "a.mha", lambda v, _: _mha(f"Comment = patient {v}\n")),
    _plant("par-patient", Field.NAME, "a.PAR", lambda v, n: _par(v, "MR Brain", n)),
    _plant("par-examination", Field.NAME, "a.PAR", lambda v, n: _par("", v, n)),
    _plant(
        "minc-patient",
        Field.NAME,
        "a.mnc",
        lambda v, _: files.netcdf(
            {"image": {"modality": "MRI"}, "patient": {"full_name": v}}, {"history": "mincresample"}
        ),
    ),
    _plant(
        "minc-identification",
        Field.NUMBER,
        "a.mnc",
        lambda v, _: files.netcdf({"patient": {"identification": v}}, {}),
    ),
    _plant(
        "minc-element",
        Field.NAME,
        "a.mnc",
        lambda v, _: files.netcdf({"dicom_0x0010": {"el_0x0010": v}}, {}),
    ),
    _hdf5("hdf5-minc-patient", Field.NAME, "minc-2.0/info/patient", "full_name"),
    _hdf5("hdf5-birth", Field.BIRTH, "general/subject", "date_of_birth", dataset=True),
    _hdf5("hdf5-patient-id", Field.NUMBER, "scan/meta", "PatientID"),
)

# --- signals and messages ----------------------------------------------------------------------


def _plus(name: str) -> str:
    return name.replace(" ", "_") or "X"


def _hl7(segments: str) -> str:
    return f"MSH|^~\\&|RIS||PACS||||ADT^A08|7|P|2.5\rEVN|A08|\r{segments}\r"


def _framed(segments: str) -> str:
    return f"\x0b{_hl7(segments)}\x1c\r"


def _digits(date: str) -> str:
    return date.replace("-", "")


def _fhir(resource: str, **elements: object) -> str:
    return json.dumps({"resourceType": resource, "id": "a1", **elements}, ensure_ascii=False)


def _fhir_name(value: str) -> list[dict[str, object]]:
    given, _, family = value.partition(" ")
    return [{"use": "official", "family": family or given, "given": [given] if family else []}]


_NIGHT = "Startdate X X X X"
_MESSAGES = (
    _plant(
        "edf-name",
        Field.NAME,
        "a.edf",
        lambda v, n: files.edf(f"sub-{n:04} F X {_plus(v)}", "Startdate X X X Nihon_Kohden"),
    ),
    _plant("edf-code", Field.NUMBER, "a.edf", lambda v, _: files.edf(f"{v} M X X", _NIGHT)),
    _plant("edf-old-patient", Field.NAME, "a.edf", lambda v, _: files.edf(v, "night 1")),
    _plant(
        "edf-annotation",
        Field.NAME,
        "a.edf",
        lambda v, _: files.edf("X X X X", _NIGHT, (f"patient {v} awake",)),
    ),
    _plant(
        "bdf-name",
        Field.NAME,
        "a.bdf",
        lambda v, n: files.edf(f"sub-{n:04} F X {_plus(v)}", _NIGHT, bdf=True),
    ),
    _plant("hl7-name", Field.NAME, "a.hl7", lambda v, n: _hl7(f"PID|1||sub-{n:04}||{_lined(v)}||")),
    _plant("hl7-id", Field.NUMBER, "a.hl7", lambda v, _: _hl7(f"PID|1||{v}^^^KH^MR||X||")),
    _plant("hl7-birth", Field.BIRTH, "a.hl7", lambda v, _: _hl7(f"PID|1||||||{_digits(v)}|F")),
    _plant("hl7-phone", Field.PHONE, "a.hl7", lambda v, _: _hl7(f"PID|1||||||||||||{v}")),
    _plant("hl7-kin", Field.NAME, "a.hl7", lambda v, _: _framed(f"NK1|1|{_lined(v)}|SPO")),
    _plant("hl7-note", Field.NAME, "a.hl7", lambda v, _: _hl7(f"NTE|1||patient {v} was called")),
    _plant("fhir-name", Field.NAME, "a.json", lambda v, _: _fhir("Patient", name=_fhir_name(v))),
    _plant(
        "fhir-identifier",
        Field.NUMBER,
        "a.json",
        lambda v, _: _fhir("Patient", identifier=[{"system": "urn:oid:1.2.3", "value": v}]),
    ),
    _plant("fhir-birth", Field.BIRTH, "a.json", lambda v, _: _fhir("Patient", birthDate=v)),
    _plant(
        "fhir-email",
        Field.EMAIL,
        "a.json",
        lambda v, _: _fhir("Patient", telecom=[{"system": "email", "value": v}]),
    ),
    _plant(
        "fhir-display",
        Field.NAME,
        "a.json",
        lambda v, _: _fhir("Observation", subject={"reference": "Patient/1", "display": v}) + "\n",
    ),
    _plant(
        "fhir-xml",
        Field.FAMILY,
        "a.xml",
        lambda v, _: (
            '<?xml version="1.0" encoding="UTF-8"?>\n<Patient '
            f'xmlns="http://hl7.org/fhir"><name><family value="{v}"/></name></Patient>'
        ),
    ),
)

# --- raw data, spectra, slides -----------------------------------------------------------------


def _bruker(lines: str) -> str:
    return (
        "##TITLE=Parameter List, ParaVision 6.0.1\n##JCAMPDX=4.24\n##DATATYPE=Parameter Values\n"
        "##ORIGIN=Bruker BioSpin MRI GmbH\n##OWNER=nmr\n$$ 2019-03-02 10:11:12.123 +0100  nmr@mri\n"
        f"##$PVM_Matrix=( 2 )\n64 64\n{lines}##END=\n"
    )


def _string(label: str, value: str) -> str:
    return f"##${label}=( 64 )\n<{value}>\n"


_APERIO = "Aperio Image Library v11.2.1 \r\n46000x32914 [0,100 46000x32814] (256x256) J2K/YUV16"

_RAW = (
    _plant(
        "bruker-name",
        Field.NAME,
        "subject",
        lambda v, _: _bruker(_string("SUBJECT_name_string", v)),
    ),
    _plant("bruker-id", Field.NUMBER, "subject", lambda v, _: _bruker(_string("SUBJECT_id", v))),
    _plant(
        "bruker-birth", Field.BIRTH, "subject", lambda v, _: _bruker(_string("SUBJECT_dbirth", v))
    ),
    _plant(
        "bruker-visu", Field.NAME, "subject", lambda v, _: _bruker(_string("VisuSubjectName", v))
    ),
    _plant(
        "siemens-vb-name",
        Field.NAME,
        "a.dat",
        lambda v, _: files.siemens_vb(files.xprotocol({"tPatientName": _lined(v)})),
    ),
    _plant(
        "siemens-vb-id",
        Field.NUMBER,
        "a.dat",
        lambda v, _: files.siemens_vb(files.xprotocol({"PatientID": v})),
    ),
    _plant(
        "siemens-vd-list",
        Field.NAME,
        "a.dat",
        lambda v, _: files.siemens_vd(v, "t1_mprage", files.xprotocol({"tCoil": "Head_32"})),
    ),
    _plant(
        "rda-name",
        Field.NAME,
        "spectrum",
        lambda v, _: (
            f">>> Begin of header <<<\r\nPatientName: {_lined(v)}\r\nPatientSex: O\r\n"
            ">>> End of header <<<\r\n" + "\0\1" * 32
        ),
    ),
    _plant(
        "interfile-name",
        Field.NAME,
        "a.hdr",
        lambda v, _: f"!INTERFILE :=\r\n!imaging modality:=PT\r\npatient name := {_lined(v)}\r\n",
    ),
    _plant(
        "interfile-id",
        Field.NUMBER,
        "b.hdr",
        lambda v, _: f"!INTERFILE:=\r\n%comment:=created with code\r\n!patient ID:={v}\r\n",
    ),
    _plant(
        "slide-barcode",
        Field.NUMBER,
        "a.svs",
        lambda v, _: files.tiff(({270: f"{_APERIO}|AppMag = 20|Barcode = {v}"},)),
    ),
    _plant(
        "slide-title",
        Field.NAME,
        "a.svs",
        lambda v, _: files.tiff(({270: f"{_APERIO}|Title = patient {v}|AppMag = 20"},), big=True),
    ),
)


def _slide(value: str, _number: int) -> bytes:
    """A slide, with a picture of its label where there is anything to plant."""
    label = ({270: f"Aperio Image Library v11.2.1 \r\nlabel {387 + len(value)}x463"},)
    return files.tiff(({270: f"{_APERIO}|AppMag = 20"}, *(label if value else ())))


_PARAMETER = "2 2 8 0 0 2 1 9 1 64"
_OTHERS = (
    _plant("slide-label", Field.BIRTH, "a.svs", _slide),
    _plant("slide-date", Field.BIRTH, "a.ndpi", lambda v, _: files.ndpi(v)),
    _plant(
        "brainvision-comment",
        Field.NAME,
        "a.vhdr",
        lambda v, _: (
            "Brain Vision Data Exchange Header File Version 1.0\r\n[Common Infos]\r\n"
            f"DataFile=run1.eeg\r\n[Comment]\r\nPatient name: {v}\r\n"
        ),
    ),
    _plant(
        "mif-comment",
        Field.NAME,
        "a.mif",
        lambda v, _: (
            f"mrtrix image\ndim: 4,4,4\ndatatype: UInt8\ncomments: patient {v}\n"
            "file: . 100\nEND\n" + "\0\1" * 64
        ),
    ),
    _plant(
        "tck-command",
        Field.EMAIL,
        "a.tck",
        lambda v, _: f"mrtrix tracks\ndatatype: Float32LE\nsource: {v}\nfile: . 90\nEND\n\0\1",
    ),
    _plant(
        "afni-note",
        Field.NAME,
        "a+orig.HEAD",
        lambda v, _: (
            "\ntype = string-attribute\nname = NOTE_NUMBER_001\n"
            f"count = {len(v) + 10}\n'patient: {v}~\n"
        ),
    ),
    _plant("ecat-name", Field.NAME, "a.v", lambda v, _: files.ecat({"patient_name": v})),
    _plant("ecat-id", Field.NUMBER, "a.v", lambda v, _: files.ecat({"patient_id": v})),
    _plant("fiff-name", Field.FAMILY, "a.fif", lambda v, _: files.fiff({403: v})),
    _plant("fiff-id", Field.NUMBER, "a.fif", lambda v, _: files.fiff({410: v})),
    _plant("ctf-name", Field.FAMILY, "a", lambda v, _: files.infods({"_PATIENT_NAME_LAST": v})),
    _plant("matlab-field", Field.NAME, "a.mat", lambda v, _: files.matlab({"PatientName": v})),
    _plant(
        "matlab-text",
        Field.NUMBER,
        "a.mat",
        lambda v, _: files.matlab({"note": f"MRN {v}"}, packed=True),
    ),
    _plant("npy-strings", Field.NAME, "a.npy", lambda v, _: files.npy([f"patient: {v}", "second"])),
    _plant("mgh-tags", Field.EMAIL, "a.mgh", lambda v, _: files.mgh(f"mri_convert by {v}")),
    _plant("pfile-name", Field.NAME, "P1.7", lambda v, _: files.pfile(f"patient: {v}")),
    _plant(
        "vtk-title",
        Field.NAME,
        "a.vtk",
        lambda v, _: f"# vtk DataFile Version 3.0\npatient {v}\nASCII\nDATASET POLYDATA\n",
    ),
    _plant("stl-header", Field.NAME, "a.stl", lambda v, _: files.stl(f"patient: {v}")),
    _plant(
        "procpar-name",
        Field.NAME,
        "parameters",
        lambda v, _: f'name {_PARAMETER}\n1 "{_lined(v)}"\n0\nnp {_PARAMETER}\n1 64\n0\n',
    ),
)

PLANTS = {
    "imaging formats": (*_VOLUMES, *_RAW, *_OTHERS),
    "messages and signals": _MESSAGES,
}
"""All plants of this module, by kind of place."""
