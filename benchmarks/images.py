"""Small CT and MR images as a scanner writes them: synthetic, a patient named.

They have some 134 elements at the top, the median of 101 real ones of public collections.

pydicom writes one file a series; its siblings are that file with the elements written anew that
change from slice to slice.
"""

import random
import re
import struct
from collections.abc import Iterator
from io import BytesIO

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian

SLICES = 100
"""Files of one series."""

_SIDE = 64
"""Rows and columns: the header is what is measured, so the pixels are few."""

_CT = UID("1.2.840.10008.5.1.4.1.1.2")
_MR = UID("1.2.840.10008.5.1.4.1.1.4")
UID_ROOT = "1.3.12.2.1107.5.99.3"

_UID_MARK = "9000000042"
_TIME_MARK = "101142.424242"
_PLACE_MARK = "-142.4242"
_NUMBER_MARK = "-9042"
"""What stands in the first file of a series wherever its siblings differ."""

_SURNAMES = ("QUINTERO", "HALVORSEN", "OKONJO", "PETROSYAN", "LINDQVIST", "MARCHETTI")
_GIVEN = ("ALBA", "TOBIAS", "NGOZI", "ARAM", "SIGRID", "ELENA")


def slices_of(number: int, slices: int) -> Iterator[bytes]:
    """The files of a series: the first, with the elements written anew that hold a mark."""
    length = _SIDE * _SIDE * 2
    noise = random.Random(number).randbytes(length + SLICES)  # noqa: S311 - a benchmark
    fixed, marked = _cut(_first(number)[:-length])
    for index in range(1, slices + 1):
        values = {
            _UID_MARK: f"{number * SLICES + index + 1_000_000_000:010}",
            _TIME_MARK: f"1011{index * 0.37 + number % 3:09.6f}",
            _PLACE_MARK: f"{index * 1.25 - 60:g}",
            _NUMBER_MARK: str(index),
        }
        parts = [fixed[0]]
        for element, rest in zip(marked, fixed[1:], strict=True):
            parts += (_written(element, values), rest)
        yield b"".join(parts) + noise[index : index + length]


def _cut(header: bytes) -> tuple[list[bytes], list[bytes]]:
    """A header cut into what all slices share and the elements between that hold a mark."""
    fixed, marked, at = [], [], 0
    for start, end in _elements(header):
        if _MARKS.search(header, start, end):
            fixed.append(header[at:start])
            marked.append(header[start:end])
            at = end
    return [*fixed, header[at:]], marked


_MARKS = re.compile(
    "|".join(map(re.escape, (_UID_MARK, _TIME_MARK, _PLACE_MARK, _NUMBER_MARK))).encode()
)


def _elements(header: bytes) -> Iterator[tuple[int, int]]:
    """Where the top-level elements with short lengths begin and end (PS3.5 section 7.1.2)."""
    at = 132
    while at + 8 <= len(header):
        long = header[at + 4 : at + 6] in {b"OB", b"OW", b"SQ", b"UN", b"UT"}
        (size,) = struct.unpack_from("<I" if long else "<H", header, at + (8 if long else 6))
        end = at + (12 if long else 8) + size
        yield at, end
        at = end


def _written(element: bytes, values: dict[str, str]) -> bytes:
    """An element with its marks replaced: as in real series, the lengths of values change too."""
    text = element[8:].decode("ascii").rstrip("\x00 ")
    for mark, value in values.items():
        text = text.replace(mark, value)
    pad = b"\x00" if element[4:6] == b"UI" else b" "
    data = text.encode("ascii") + pad * (len(text) % 2)
    return element[:6] + struct.pack("<H", len(data)) + data


def _first(number: int) -> bytes:
    """The first file of a series, as a scanner writes it: its patient named, CT or MR."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = _MR if number % 2 else _CT
    meta.MediaStorageSOPInstanceUID = UID(f"{UID_ROOT}.{number}.{_UID_MARK}")
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(f"{UID_ROOT}.1")
    data = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    _general(data, number)
    _patient(data, number // 8)
    _identity(data, number)
    _equipment(data, number)
    _details(data)
    _plane(data)
    (_magnetic if number % 2 else _tomography)(data)
    _pixels(data)
    buffer = BytesIO()
    data.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def _general(data: Dataset, number: int) -> None:
    """Study and series."""
    person = number // 8
    day = f"2019{person % 12 + 1:02}{person % 28 + 1:02}"
    data.SpecificCharacterSet = "ISO_IR 100"
    data.ImageType = ["ORIGINAL", "PRIMARY", "M" if number % 2 else "AXIAL"]
    data.InstanceCreationDate = day
    data.InstanceCreationTime = _TIME_MARK
    data.SOPClassUID = _MR if number % 2 else _CT
    data.SOPInstanceUID = f"{UID_ROOT}.{number}.{_UID_MARK}"
    data.StudyDate = data.SeriesDate = data.AcquisitionDate = data.ContentDate = day
    data.StudyTime = data.SeriesTime = "100000"
    data.AcquisitionTime = data.ContentTime = _TIME_MARK
    data.AccessionNumber = f"A{person:07}"
    data.Modality = "MR" if number % 2 else "CT"
    data.ReferringPhysicianName = "WESTERGAARD^IDA"
    data.StudyDescription = "Neuro^Head routine"
    data.SeriesDescription = ("t1_mprage_sag", "Thorax 2.0 B31f", "ep2d_diff", "Topogram")[
        number % 4
    ]


def _patient(data: Dataset, person: int) -> None:
    data.PatientName = f"{_SURNAMES[person % 6]}^{_GIVEN[person // 6 % 6]}"
    data.PatientID = f"{4_000_000 + person:08}"
    data.PatientBirthDate = f"19{person % 60 + 30}0{person % 9 + 1}14"
    data.PatientSex = "F" if person % 2 else "M"
    data.PatientAge = f"0{person % 60 + 20}Y"
    data.PatientWeight = "71"


def _identity(data: Dataset, number: int) -> None:
    """Where the image belongs, and what was asked for."""
    person = number // 8
    data.BodyPartExamined = "HEAD"
    data.StudyInstanceUID = f"{UID_ROOT}.{number // 4}.1"
    data.SeriesInstanceUID = f"{UID_ROOT}.{number}.2"
    data.FrameOfReferenceUID = f"{UID_ROOT}.{number // 4}.3"
    data.StudyID = "1"
    data.SeriesNumber = number % 4 + 1
    data.AcquisitionNumber = 1
    data.InstanceNumber = _NUMBER_MARK
    data.PatientPosition = "HFS"
    data.RequestedProcedureDescription = "Head routine"
    data.PerformedProcedureStepStartDate = data.StudyDate
    data.PerformedProcedureStepStartTime = "100000.000000"
    data.PerformedProcedureStepID = f"P{person:07}"
    data.PerformedProcedureStepDescription = "Neuro^Head routine"
    data.RequestAttributesSequence = Sequence([_request(person)])
    data.ReferencedStudySequence = Sequence([_reference(number, 7)])
    data.ReferencedPerformedProcedureStepSequence = Sequence([_reference(number, 8)])
    data.ReferencedImageSequence = Sequence([_reference(number, one) for one in range(10, 18)])
    data.ProcedureCodeSequence = Sequence([_code("P5-0900A", "Magnetic resonance or tomography")])
    data.AnatomicRegionSequence = Sequence([_code("T-D1100", "Head")])


def _request(person: int) -> Dataset:
    item = Dataset()
    item.RequestedProcedureDescription = "Head routine"
    item.ScheduledProcedureStepID = f"S{person:07}"
    item.RequestedProcedureID = f"R{person:07}"
    return item


def _reference(number: int, one: int) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID = "1.2.840.10008.3.1.2.3.1"
    item.ReferencedSOPInstanceUID = f"{UID_ROOT}.{number // 4}.20190214103010{one:09}"
    return item


def _code(value: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue = value
    item.CodingSchemeDesignator = "SRT"
    item.CodeMeaning = meaning
    return item


def _equipment(data: Dataset, number: int) -> None:
    data.Manufacturer = "EXAMPLE MEDICAL"
    data.InstitutionName = "Example General Hospital"
    data.InstitutionAddress = "1 Example Street, Exampletown"
    data.StationName = f"STATION{number % 5}"
    data.InstitutionalDepartmentName = "Radiology"
    data.OperatorsName = "NAVARRO^JON"
    data.ManufacturerModelName = "Model Seven"
    data.DeviceSerialNumber = "41234"
    data.SoftwareVersions = ["syngo E11", "N4_VE11C"]
    data.ProtocolName = "head_routine"
    block = data.private_block(0x0029, "SIEMENS CSA HEADER", create=True)
    block.add_new(0x08, "CS", "IMAGE NUM 4")
    block.add_new(0x09, "LO", f"2019{number % 12 + 1:02}01")
    block = data.private_block(0x0051, "SIEMENS MR HEADER", create=True)
    block.add_new(0x08, "CS", "IMAGE NUM 4")
    block.add_new(0x0C, "LO", "FoV 250*250")
    block.add_new(0x0D, "SH", f"SP H{_PLACE_MARK}")
    block.add_new(0x0E, "LO", "Tra")
    block.add_new(0x0F, "LO", "C:HEA;HEP")
    block.add_new(0x19, "LO", "A1/PFP/FS" + "/A1" * 12)


def _details(data: Dataset) -> None:
    """What scanners write besides: the same in all files of a protocol."""
    for keyword, value in _DETAILS.items():
        setattr(data, keyword, value)
    block = data.private_block(0x0019, "SIEMENS MR HEADER", create=True)
    for number, (vr, value) in enumerate(_PRIVATE_DETAILS):
        block.add_new(0x08 + number, vr, value)


_DETAILS = {
    "AcquisitionDuration": 12.5,
    "BurnedInAnnotation": "NO",
    "ContrastBolusAgent": "",
    "DateOfLastCalibration": "20190101",
    "DerivationDescription": "Lossless",
    "HeartRate": "0",
    "ImagesInAcquisition": "100",
    "LossyImageCompression": "00",
    "PatientComments": "",
    "PerformedProcedureStepEndDate": "20190102",
    "PerformedProcedureStepEndTime": "101500.000000",
    "PositionReferenceIndicator": "",
    "PresentationLUTShape": "IDENTITY",
    "RescaleType": "US",
    "SmallestImagePixelValue": 0,
    "LargestImagePixelValue": 4095,
    "StudyComments": "",
    "TimeOfLastCalibration": "060000.000000",
    "TriggerTime": "0",
    "WindowCenterWidthExplanation": "Algo1",
}

_PRIVATE_DETAILS = (
    ("CS", "IMAGE NUM 4"),
    ("LO", "1.0"),
    ("DS", "12345.5"),
    ("IS", "1"),
    ("IS", "100"),
    ("SH", "Normal"),
    ("FD", 0.5),
    ("US", 4),
    ("DS", "40"),
    ("CS", "YES"),
    ("SL", -7),
    ("FD", 1.25),
)


def _plane(data: Dataset) -> None:
    place = _PLACE_MARK
    data.SliceThickness = "1.25"
    data.SpacingBetweenSlices = "1.25"
    data.ImagePositionPatient = ["-125.00", "-118.50", place]
    data.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    data.SliceLocation = place
    data.PositionReferenceIndicator = ""
    data.SamplesPerPixel = 1
    data.PhotometricInterpretation = "MONOCHROME2"
    data.PixelSpacing = ["0.48828125", "0.48828125"]
    data.BitsAllocated = 16
    data.BitsStored = 12
    data.HighBit = 11
    data.PixelRepresentation = 0
    data.WindowCenter = "40"
    data.WindowWidth = "350"


def _tomography(data: Dataset) -> None:
    data.KVP = "120"
    data.DataCollectionDiameter = "500"
    data.ReconstructionDiameter = "250"
    data.DistanceSourceToDetector = "1040"
    data.DistanceSourceToPatient = "570"
    data.GantryDetectorTilt = "0"
    data.TableHeight = "156"
    data.RotationDirection = "CW"
    data.ExposureTime = "1000"
    data.XRayTubeCurrent = "240"
    data.Exposure = "240"
    data.FilterType = "0"
    data.GeneratorPower = "48"
    data.FocalSpots = "1.2"
    data.ConvolutionKernel = "B31f"
    data.RescaleIntercept = "-1024"
    data.RescaleSlope = "1"


def _magnetic(data: Dataset) -> None:
    data.ScanningSequence = ["GR", "IR"]
    data.SequenceVariant = ["SK", "SP", "MP"]
    data.ScanOptions = "IR"
    data.MRAcquisitionType = "3D"
    data.SequenceName = "*tfl3d1_ns"
    data.AngioFlag = "N"
    data.RepetitionTime = "1900"
    data.EchoTime = "2.52"
    data.InversionTime = "900"
    data.NumberOfAverages = "1"
    data.ImagingFrequency = "123.248"
    data.ImagedNucleus = "1H"
    data.EchoNumbers = 1
    data.MagneticFieldStrength = "3"
    data.EchoTrainLength = 1
    data.PercentSampling = "100"
    data.PercentPhaseFieldOfView = "100"
    data.PixelBandwidth = "170"
    data.TransmitCoilName = "Body"
    data.AcquisitionMatrix = [0, 256, 256, 0]
    data.InPlanePhaseEncodingDirection = "ROW"
    data.FlipAngle = "9"
    data.VariableFlipAngleFlag = "N"
    data.SAR = "0.08"


def _pixels(data: Dataset) -> None:
    data.Rows = data.Columns = _SIDE
    data.PixelData = bytes(_SIDE * _SIDE * 2)
