"""Statements: what a DICOM object says of itself, on which judgements of whole objects rest."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from vestige.sensitive import Sensitive


class Tag(IntEnum):
    """The top-level elements that a statement holds, by their keywords (PS3.6)."""

    MEDIA_STORAGE_SOP_INSTANCE_UID = 0x00020003
    TRANSFER_SYNTAX_UID = 0x00020010
    SPECIFIC_CHARACTER_SET = 0x00080005
    IMAGE_TYPE = 0x00080008
    SOP_CLASS_UID = 0x00080016
    SOP_INSTANCE_UID = 0x00080018
    STUDY_DATE = 0x00080020
    SERIES_DATE = 0x00080021
    ACQUISITION_DATE = 0x00080022
    ACCESSION_NUMBER = 0x00080050
    MODALITY = 0x00080060
    CONVERSION_TYPE = 0x00080064
    MANUFACTURER = 0x00080070
    INSTITUTION_NAME = 0x00080080
    STATION_NAME = 0x00081010
    STUDY_DESCRIPTION = 0x00081030
    SERIES_DESCRIPTION = 0x0008103E
    MANUFACTURER_MODEL_NAME = 0x00081090
    PATIENT_NAME = 0x00100010
    PATIENT_ID = 0x00100020
    PATIENT_BIRTH_DATE = 0x00100030
    PATIENT_SEX = 0x00100040
    PATIENT_AGE = 0x00101010
    PATIENT_SIZE = 0x00101020
    PATIENT_WEIGHT = 0x00101030
    ETHNIC_GROUP = 0x00102160
    CLINICAL_TRIAL_SUBJECT_ID = 0x00120040
    PATIENT_IDENTITY_REMOVED = 0x00120062
    DEIDENTIFICATION_METHOD = 0x00120063
    BODY_PART_EXAMINED = 0x00180015
    MR_ACQUISITION_TYPE = 0x00180023
    SLICE_THICKNESS = 0x00180050
    SPACING_BETWEEN_SLICES = 0x00180088
    DEVICE_SERIAL_NUMBER = 0x00181000
    DATE_OF_SECONDARY_CAPTURE = 0x00181012
    SECONDARY_CAPTURE_DEVICE_MANUFACTURER = 0x00181016
    SECONDARY_CAPTURE_DEVICE_MANUFACTURER_MODEL_NAME = 0x00181018
    SECONDARY_CAPTURE_DEVICE_SOFTWARE_VERSIONS = 0x00181019
    PROTOCOL_NAME = 0x00181030
    STUDY_INSTANCE_UID = 0x0020000D
    SERIES_INSTANCE_UID = 0x0020000E
    FRAME_OF_REFERENCE_UID = 0x00200052
    PHOTOMETRIC_INTERPRETATION = 0x00280004
    NUMBER_OF_FRAMES = 0x00280008
    ROWS = 0x00280010
    COLUMNS = 0x00280011
    BURNED_IN_ANNOTATION = 0x00280301
    RECOGNIZABLE_VISUAL_FEATURES = 0x00280302
    LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED = 0x00280303
    OVERLAY_BIT_POSITION = 0x60000102


OF_ONE_FILE = frozenset({Tag.MEDIA_STORAGE_SOP_INSTANCE_UID, Tag.SOP_INSTANCE_UID})
"""Elements that differ from file to file of a series: judgements do not rest on their values."""

_UID = re.compile(r"[0-9.]{1,64}")
_OF_DATES = frozenset({"UNMODIFIED", "MODIFIED", "REMOVED"})
_ANSWERS = frozenset({"YES", "NO"})


@dataclass(frozen=True, slots=True, repr=False)
class Statement:
    """What one object says of itself.

    `values` are the elements of `Tag` that are not empty, at the top of the data set or in file
    meta; numbers as decimals. `codes` are the code values in (0012,0064), `creators` the private
    creators as written, `filled` those of whom elements are there, `safe` the blocks (group,
    creator) that (0008,0300) calls safe, and `holds` the tags of the top-level elements that are
    there at all, repeating groups as their first. `pictures` are the top-level sequences in whose
    items pixel data stand, those of icons aside. `same_instance` says that file meta and data set
    name one SOP instance.
    """

    values: Mapping[int, Sensitive]
    codes: frozenset[str] = frozenset()
    creators: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    safe: frozenset[tuple[int, str]] = frozenset()
    holds: frozenset[int] = frozenset()
    pictures: frozenset[int] = frozenset()
    same_instance: bool = True

    def __repr__(self) -> str:
        return f"Statement({len(self.values)} values)"

    def value(self, tag: int) -> Sensitive | None:
        """The value of an element; None if it is empty or absent."""
        return self.values.get(tag)

    def text(self, tag: int) -> str:
        """The text of an element; "" if it is empty or absent."""
        found = self.values.get(tag)
        return found.reveal() if found is not None else ""

    def uid(self, tag: int) -> str:
        """The UID of an element; "" if what stands there is none."""
        text = self.text(tag)
        return text if is_uid(text) else ""

    def words(self, tag: int) -> tuple[str, ...]:
        """The values of a coded string, in capitals."""
        parts = self.text(tag).upper().split("\\")
        return tuple(part.strip() for part in parts if part.strip())

    def answer(self, tag: int) -> str:
        """YES or NO; "" if the element says neither."""
        text = self.text(tag).upper()
        return text if text in _ANSWERS else ""

    @property
    def dates(self) -> str:
        """What (0028,0303) says of the dates: UNMODIFIED, MODIFIED or REMOVED; "" if neither."""
        said = self.words(Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED)
        return said[0] if said and said[0] in _OF_DATES else ""

    def texts(self, tags: Iterable[int]) -> tuple[str, ...]:
        """The texts of some elements; "" for each that is empty or absent."""
        values = [self.values.get(tag) for tag in tags]
        return tuple([value.reveal() if value is not None else "" for value in values])

    def beyond(self) -> tuple[object, ...]:
        """All that is stated beyond the values of elements."""
        sets = self.codes, self.creators, self.filled, self.safe, self.holds, self.pictures
        return (*sets, self.same_instance)

    def with_values(self, changed: Mapping[int, Sensitive | None]) -> "Statement":
        """The statement with other values of some elements, None where one is empty."""
        merged = {**self.values, **changed}
        left = {tag: value for tag, value in merged.items() if value is not None}
        return replace(self, values=left)


def is_uid(text: str) -> bool:
    """Whether a text is a UID by its form (PS3.5 section 9.1)."""
    return _UID.fullmatch(text) is not None
