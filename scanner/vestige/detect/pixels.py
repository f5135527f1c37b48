"""Pixels without looking at them: what a header says of text, faces and voices in its object.

Each check gives the place of the element that says so, or "". Of one image the strongest sign is
told, not all of them: they have one remedy. Signs are those of rules/tables/pixel_risks.csv, with
what a great many ordinary files speak against left out.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from vestige.catalog import PixelRisk
from vestige.detect.claims import Stated, burned_in_denied_unseen, pointer_to
from vestige.model import Band
from vestige.statement import Statement, Tag

_PIXELS_CLEANED: Final = "113101"
_FEATURES_CLEANED: Final = "113102"
_PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
_OVERLAY: Final = 0x60003000
"""Overlay data are a finding by their presence already, as icons are."""

_TEXT = "burned_in_text"
_FACE = "face"
_LABEL = frozenset({"LABEL", "OVERVIEW"})

_NO_PICTURES = frozenset(
    {
        "1.2.840.10008.5.1.4.1.1.30",  # parametric map
        "1.2.840.10008.5.1.4.1.1.66.4",  # segmentation
        "1.2.840.10008.5.1.4.1.1.66.7",  # label map
        "1.2.840.10008.5.1.4.1.1.481.2",  # RT dose
    }
)
"""SOP classes whose pixels are computed numbers: nobody draws text there."""

_CAPTURES: Final = "1.2.840.10008.5.1.4.1.1.7"
"""Secondary Capture, of one frame and of many."""

_RT_IMAGE: Final = "1.2.840.10008.5.1.4.1.1.481.1"
_VIDEO = re.compile(r"1\.2\.840\.10008\.1\.2\.4\.10[0-8](?:\.1)?")
"""Transfer syntaxes of MPEG-2, MPEG-4 and HEVC (PS3.5 section 10)."""

_SLICES = frozenset({"CT", "MR", "NM", "PT"})
_PLACES = frozenset({0x00200032, 0x00540022, 0x52009229, 0x52009230})
"""Image Position, Detector Information, and the functional groups that hold positions."""

_CAPTURED = re.compile(
    r"(?i)(?:^|[ _-])(?:screen(?:save|shot|capture)?|saved?|captured?|report|dose(?:[ _-]?info)?"
    r"|volren|pasted|print|film|snapshot)(?:$|[ _-])|CT_SOM\d+ PROT$"
)
"""Values of Image Type of captured screens, dose pages and renderings."""

_SAYS_CAPTURED = re.compile(
    r"(?i)\bscr(?:ee)?n[ _-]?(?:save|shot|cap(?:ture)?|grab)s?|\bsaved (?:screen|image|state)s?\b"
    r"|\bsecondary capture|\bsnap[ _-]?shots?\b|\bpatient(?:en)?[ _-]?protoc?k?ol+\b"
    r"|\bdos(?:e|is|i)[ _-]?(?:report|record|summary|info|page|sheet|bericht|protokoll)"
    r"|\b(?:rapport|informe|rapporto|relat[oó]rio)s? (?:de |di |da )?(?:la )?dos"
    r"|\bprint[ _-]?outs?\b|\bscanned (?:doc|paper|form)|\bbildschirm"
)
"""Descriptions of series that are pages or screens, whatever their images claim to be."""

_SOUNDS_CAPTURED = re.compile(
    r"(?i)\b(?:reports?|summary|results?|captures?|saved?|print(?:s|ed)?|film(?:ed)?"
    r"|bericht|befund|compte rendu|informe|referto|laudo)\b"
)
"""Descriptions that say so of a picture, but not of slices that are placed in space."""

_CONVERTED = frozenset({"DF", "DI", "DRW", "SD", "SI", "SYN", "WSD"})
_DIGITISED = frozenset({"DF", "DI"})
_CAPTURE_DEVICE = (
    Tag.DATE_OF_SECONDARY_CAPTURE,
    Tag.SECONDARY_CAPTURE_DEVICE_MANUFACTURER,
    Tag.SECONDARY_CAPTURE_DEVICE_MANUFACTURER_MODEL_NAME,
    Tag.SECONDARY_CAPTURE_DEVICE_SOFTWARE_VERSIONS,
)

_GREY = frozenset({"CR", "CT", "DX", "MG", "MR", "XA"})
_COLOURS = ("RGB", "PALETTE", "YBR", "ARGB", "HSV", "CMYK")
_SCREENS = frozenset({(480, 640), (600, 800), (768, 1024), (1024, 1280), (1080, 1920)})
_DIGITS = re.compile(r"\d{1,5}")


class _Sign(NamedTuple):
    """The place that says that text may be drawn into an image, and whether that is strong."""

    pointer: str
    strong: bool


# --- text in images: the strongest sign counts ---------------------------------------------------


def video(stated: Stated) -> str:
    """The image is a video: each frame is to be looked at, and its sound to be heard."""
    return _unanswered(stated, _video)


def screen_capture(stated: Stated) -> str:
    """Type or description say that the image is a screen, a page or a print."""
    return _unanswered(stated, _screen)


def drawn_by_routine(stated: Stated) -> str:
    """Images of the kind carry name and number by routine."""
    return _unanswered(stated, _by_routine)


def captured(stated: Stated) -> str:
    """The image came from a capture device or a digitiser, not from a scanner."""
    return _unanswered(stated, _captured)


def drawn_at_times(stated: Stated) -> str:
    """Images of the kind carry text at times, and this one does not deny it."""
    return _unanswered(stated, _at_times)


def coloured(stated: Stated) -> str:
    """The image has colours, and those of its modality have none."""
    return _unanswered(stated, _coloured)


def screen_sized(stated: Stated) -> str:
    """The image of a slice modality has the size of a screen, and no place in space."""
    return _unanswered(stated, _sized)


def capture_denied(stated: Stated) -> str:
    """Text is denied by an image with a strong sign of it, and no cleaning is named."""
    sign = _sign(stated) if _denied_alone(stated.statement) else None
    told = sign is None or not sign.strong or burned_in_denied_unseen(stated)
    return "" if told else "(0028,0301)"


def drawing_denied(stated: Stated) -> str:
    """Text is denied by an image with a weak sign of it, and no cleaning is named."""
    sign = _sign(stated) if _denied_alone(stated.statement) else None
    return "" if sign is None or sign.strong else "(0028,0301)"


# --- other pictures: labels, photographs, models, pictures inside --------------------------------


def slide_label(stated: Stated) -> str:
    """The image shows the label of a whole slide (PS3.3 section C.8.12.4)."""
    about = stated.statement
    risk = _risk(stated)
    slide = risk is not None and risk.severity is Band.CRITICAL and _TEXT in risk.risks
    label = bool(_LABEL & set(about.words(Tag.IMAGE_TYPE)))
    shown = slide and label and not _is_cleaned(about)
    return "(0008,0008)" if shown and about.holds & _PIXELS else ""


def photograph(stated: Stated) -> str:
    """The image is a photograph of a person, in which a face may be."""
    risk = _risk(stated)
    shown = risk is not None and _FACE in risk.risks and stated.statement.holds & _PIXELS
    return _kind(stated) if shown and not _is_faceless(stated.statement) else ""


def surface_model(stated: Stated) -> str:
    """The object is a model of a surface, that of a head perhaps."""
    risk = _risk(stated)
    shown = risk is not None and "model" in risk.risks and not stated.statement.holds & _PIXELS
    return _kind(stated) if shown and not _is_faceless(stated.statement) else ""


def picture_inside(stated: Stated) -> str:
    """A second picture stands in a sequence, where masking the first does not reach it."""
    inside = stated.statement.pictures
    return pointer_to(min(inside)) if inside else ""


def overlay_in_pixels(stated: Stated) -> str:
    """An overlay stands in unused bits of the pixel data, where it survives its group's data."""
    about = stated.statement
    position = about.text(Tag.OVERLAY_BIT_POSITION)
    embedded = position not in {"", "0"} and _OVERLAY not in about.holds
    return pointer_to(Tag.OVERLAY_BIT_POSITION) if embedded and about.holds & _PIXELS else ""


# --- what is no picture --------------------------------------------------------------------------


def voice(stated: Stated) -> str:
    """The object is a recording of a voice."""
    return _kind(stated) if _is_of(stated, "voice") else ""


def raw_data(stated: Stated) -> str:
    """The object is raw data of a scanner, which only its maker can read."""
    return _kind(stated) if _is_of(stated, "opaque_payload") else ""


CHECKS: Mapping[str, Callable[[Stated], str]] = {
    check.__name__.replace("_", "-"): check
    for check in (
        video,
        screen_capture,
        drawn_by_routine,
        captured,
        drawn_at_times,
        coloured,
        screen_sized,
        capture_denied,
        drawing_denied,
        slide_label,
        photograph,
        surface_model,
        picture_inside,
        overlay_in_pixels,
        voice,
        raw_data,
    )
}
"""The checks of pixels, by the names that rules give them."""


# --- the signs, strongest first ------------------------------------------------------------------


def _unanswered(stated: Stated, look: "_Look") -> str:
    """Where a sign is the strongest of an image which says nothing of its own of text in it.

    What is said of a YES, of a named cleaning and of a NO is said by other checks.
    """
    about = stated.statement
    sign = look(stated) if _is_picture(about) else None
    if sign is None or about.answer(Tag.BURNED_IN_ANNOTATION) or _PIXELS_CLEANED in about.codes:
        return ""
    stronger = _LOOKS[: _LOOKS.index(look)]
    return "" if any(one(stated) for one in stronger) else sign.pointer


def _sign(stated: Stated) -> _Sign | None:
    """The strongest sign."""
    if not _is_picture(stated.statement):
        return None
    return next((sign for look in _LOOKS if (sign := look(stated))), None)


def _video(stated: Stated) -> _Sign | None:
    syntax = stated.statement.uid(Tag.TRANSFER_SYNTAX_UID)
    return _Sign("(0002,0010)", strong=True) if _VIDEO.fullmatch(syntax) else None


def _screen(stated: Stated) -> _Sign | None:
    about = stated.statement
    if any(map(_CAPTURED.search, about.words(Tag.IMAGE_TYPE))):
        return _Sign("(0008,0008)", strong=True)
    text = about.text(Tag.SERIES_DESCRIPTION).replace("_", " ")
    said = _SAYS_CAPTURED.search(text)
    if said or (not _is_placed(about) and _SOUNDS_CAPTURED.search(text)):
        return _Sign("(0008,103E)", strong=True)
    return None


def _by_routine(stated: Stated) -> _Sign | None:
    risk = _text_risk(stated)
    if risk is None or risk.severity is not Band.HIGH:
        return None
    return _Sign(_kind(stated), strong=True)


def _captured(stated: Stated) -> _Sign | None:
    """Ordinary slices of some makers name a capture device too: those are placed in space."""
    about = stated.statement
    if _is_placed(about):
        return None
    signs = _DIGITISED if about.uid(Tag.SOP_CLASS_UID) == _RT_IMAGE else _CONVERTED
    if signs & set(about.words(Tag.CONVERSION_TYPE)):
        return _Sign("(0008,0064)", strong=True)
    device = next((tag for tag in _CAPTURE_DEVICE if about.text(tag)), None)
    if device is not None:
        return _Sign(pointer_to(device), strong=True)
    secondary = "SECONDARY" in about.words(Tag.IMAGE_TYPE)
    if secondary and _text_risk(stated) is not None:
        return _Sign("(0008,0008)", strong=True)
    return None


def _at_times(stated: Stated) -> _Sign | None:
    risk = _text_risk(stated)
    if risk is None or risk.severity is not Band.MEDIUM:
        return None
    return _Sign(_kind(stated), strong=False)


def _coloured(stated: Stated) -> _Sign | None:
    about = stated.statement
    grey = _GREY & set(about.words(Tag.MODALITY))
    colours = about.text(Tag.PHOTOMETRIC_INTERPRETATION).upper().startswith(_COLOURS)
    return _Sign("(0028,0004)", strong=False) if grey and colours else None


def _sized(stated: Stated) -> _Sign | None:
    about = stated.statement
    texts = about.text(Tag.ROWS), about.text(Tag.COLUMNS)
    if _is_placed(about) or not all(map(_DIGITS.fullmatch, texts)):
        return None
    rows, columns = map(int, texts)
    slices = _SLICES & set(about.words(Tag.MODALITY))
    screen = {(rows, columns), (columns, rows)} & _SCREENS
    return _Sign("(0028,0010)", strong=False) if slices and screen else None


_Look = Callable[[Stated], _Sign | None]
_LOOKS: tuple[_Look, ...] = (
    _video,
    _screen,
    _by_routine,
    _captured,
    _at_times,
    _coloured,
    _sized,
)
"""The signs, strongest first."""


# --- what is asked of an object ------------------------------------------------------------------


def _risk(stated: Stated) -> PixelRisk | None:
    """What the table says of objects of the kind: by SOP class, else by modality."""
    about = stated.statement
    modality = next(iter(about.words(Tag.MODALITY)), "")
    return stated.tables.pixel_risk(about.uid(Tag.SOP_CLASS_UID), modality)


def _text_risk(stated: Stated) -> PixelRisk | None:
    """The risk of text in images; photographs are told by their faces."""
    risk = _risk(stated)
    return risk if risk is not None and _TEXT in risk.risks and _FACE not in risk.risks else None


def _kind(stated: Stated) -> str:
    """The place that says of what kind an object is."""
    by_class = stated.statement.uid(Tag.SOP_CLASS_UID) in stated.tables.pixel_risks
    return "(0008,0016)" if by_class else "(0008,0060)"


def _is_of(stated: Stated, risk: str) -> bool:
    known = stated.tables.pixel_risks.get(stated.statement.uid(Tag.SOP_CLASS_UID))
    return known is not None and risk in known.risks


def _is_picture(about: Statement) -> bool:
    return not about.holds.isdisjoint(_PIXELS) and about.text(Tag.SOP_CLASS_UID) not in _NO_PICTURES


def _is_cleaned(about: Statement) -> bool:
    denied = about.answer(Tag.BURNED_IN_ANNOTATION) == "NO"
    return denied and _PIXELS_CLEANED in about.codes


def _denied_alone(about: Statement) -> bool:
    denied = about.answer(Tag.BURNED_IN_ANNOTATION) == "NO"
    return denied and _PIXELS_CLEANED not in about.codes


def _is_faceless(about: Statement) -> bool:
    """Whether the object itself has answered: that it shows somebody, or that nobody is shown."""
    answer = about.answer(Tag.RECOGNIZABLE_VISUAL_FEATURES)
    return bool(answer) or _FEATURES_CLEANED in about.codes


def _is_placed(about: Statement) -> bool:
    """Whether an image is a slice that knows where in space it lies, as no screen does."""
    if about.holds.isdisjoint(_PLACES) or about.text(Tag.SOP_CLASS_UID).startswith(_CAPTURES):
        return False
    return about.text(Tag.MODALITY).upper() in _SLICES
