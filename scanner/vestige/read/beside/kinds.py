"""Kinds: which reader a file beside the images has, by its first bytes and never by its name."""

from collections.abc import Callable
from typing import NamedTuple

from vestige.read.beside import (
    afni,
    arrays,
    boxes,
    brainvision,
    bson,
    bundled,
    columnar,
    ctf,
    dbf,
    discs,
    ecat,
    edf,
    edi,
    events,
    fhir,
    fiff,
    git_history,
    hdf5,
    hl7,
    interfile,
    jcamp,
    legacy,
    mail,
    matlab,
    message_pack,
    metaimage,
    minc,
    mrtrix,
    nifti,
    nrrd,
    office,
    packed,
    par_rec,
    pickled,
    pictures,
    portable,
    property_lists,
    rdata,
    rich,
    seven,
    siemens_raw,
    slides,
    spss,
    sqlite,
    sqlite_logs,
    stata,
    surfaces,
    tarred,
    texts,
    tiff,
    transport,
    varian,
    xdt,
    zeiss,
    zipped,
)
from vestige.read.beside.kind import Kind
from vestige.read.beside.parts import Readable

_BY_BEGINNING: tuple[tuple[bytes, Kind], ...] = (
    *((sign, Kind("zip", zipped.read)) for sign in zipped.SIGNS),
    (stata.SIGN, Kind("Stata", stata.read)),
    *((sign, Kind("R", rdata.read)) for sign in rdata.SIGNS),
    *((sign, Kind("SPSS", spss.read)) for sign in spss.SIGNS),
    (git_history.PACK, Kind("git pack", git_history.read_pack)),
    (sqlite.SIGN, Kind("SQLite database", sqlite.read)),
    *((sign, Kind("SQLite log", sqlite_logs.read_log)) for sign in sqlite_logs.WAL),
    (sqlite_logs.JOURNAL, Kind("SQLite journal", sqlite_logs.read_journal)),
    (property_lists.SIGN, Kind("property list", property_lists.read)),
    (transport.SIGN, Kind("SAS", transport.read)),
    (columnar.PARQUET, Kind("Parquet", columnar.read_parquet)),
    (columnar.ENCRYPTED, Kind("Parquet", columnar.closed)),
    (columnar.ARROW, Kind("Arrow", columnar.read_arrow)),
    (columnar.FEATHER, Kind("Feather", columnar.read_feather)),
    (columnar.ORC, Kind("ORC", columnar.read_orc)),
    (packed.GZIP, Kind("gzip", packed.gzip)),
    *((sign, Kind("bzip2", packed.bzip2)) for sign in packed.BZIP2),
    (packed.XZ, Kind("xz", packed.xz)),
    (packed.ZSTD, Kind("zstd", packed.zstd)),
    (seven.SIGN, Kind("7z", seven.read)),
    (bundled.AR, Kind("ar", bundled.ar)),
    *((sign, Kind("cpio", bundled.cpio)) for sign in bundled.CPIO),
    *((sign, Kind("closed", packed.closed)) for sign in packed.CLOSED),
    (nrrd.SIGN, Kind("NRRD", nrrd.read)),
    (jcamp.SIGN, Kind("JCAMP-DX", jcamp.read)),
    (siemens_raw.RDA, Kind("Siemens RDA", siemens_raw.read_rda)),
    (hdf5.SIGN, Kind("HDF5", hdf5.read)),
    *((sign, Kind("EDF", edf.read)) for sign in edf.SIGNS),
    *((sign, Kind("netCDF", minc.read)) for sign in minc.SIGNS),
    *((sign, Kind("MRtrix", mrtrix.read)) for sign in mrtrix.SIGNS),
    (mrtrix.TRACKVIS, Kind("TrackVis", mrtrix.read_trackvis)),
    (ecat.SIGN, Kind("ECAT", ecat.read)),
    *((sign, Kind("CTF", ctf.read_resources)) for sign in ctf.RESOURCES),
    (matlab.SIGN, Kind("MATLAB", matlab.read)),
    (arrays.NUMPY, Kind("NumPy", arrays.read_numpy)),
    (surfaces.VTK, Kind("VTK", surfaces.read_vtk)),
    (surfaces.FREESURFER, Kind("FreeSurfer surface", surfaces.read_freesurfer)),
    (zeiss.SIGN, Kind("CZI", zeiss.read)),
    (surfaces.PLY, Kind("PLY", surfaces.read_ply)),
    (legacy.SIGN, Kind("compound file", legacy.read)),
    (rich.SIGN, Kind("RTF", rich.read)),
    (pictures.JPEG, Kind("JPEG", pictures.jpeg)),
    (pictures.PNG, Kind("PNG", pictures.png)),
    *((sign, Kind("GIF", pictures.gif)) for sign in pictures.GIF),
    (pictures.RIFF, Kind("RIFF", pictures.riff)),
    (pictures.PHOTOSHOP, Kind("PSD", pictures.photoshop)),
    *((sign, Kind("TIFF", tiff.read)) for sign in tiff.SIGNS),
    (boxes.CODESTREAM, Kind("JPEG 2000", boxes.codestream)),
)
"""Kinds by the bytes with which their files begin; the longest first where one begins another."""

_SPACE = b" \t\n\r\v\f"
_MARK = b"\xef\xbb\xbf"
_LETTERS = bytes((*range(65, 91), *range(97, 123)))
_ANY = bytes(range(256))


class _Look(NamedTuple):
    """How a kind shows; `begins` are the first bytes of all that may be of it.

    What is `binary` has a zero among the bytes with which it begins, as texts have none.
    """

    looks: Callable[[Readable], bool]
    kind: Kind
    begins: bytes = _ANY
    binary: bool = False


_WITHIN: tuple[_Look, ...] = (
    _Look(office.looks, Kind("office document", office.read), b"P"),
    _Look(slides.is_slide, Kind("slide", slides.read), b"IM"),
)
"""Kinds that are written as files of another kind: those are asked first."""

_BY_LOOK: tuple[_Look, ...] = (
    _Look(pickled.looks, Kind("pickle", pickled.read), b"\x80]})(c"),
    _Look(git_history.is_loose, Kind("git object", git_history.read_loose), b"\x78"),
    _Look(zipped.is_behind_a_program, Kind("zip", zipped.read), b"M\x7f#"),
    _Look(columnar.is_stream, Kind("Arrow", columnar.read_stream), b"\xff"),
    _Look(tarred.is_archive, Kind("tar", tarred.read), binary=True),
    _Look(packed.is_alone, Kind("lzma", packed.alone), b"\x5d"),
    _Look(stata.is_old, Kind("Stata", stata.read), b"qrs"),
    _Look(rdata.is_rds, Kind("R", rdata.read), b"X"),
    _Look(dbf.is_table, Kind("dBASE", dbf.read), bytes(dbf.VERSIONS)),
    _Look(nifti.is_nifti, Kind("NIfTI", nifti.read), b"\x5c\x1c\0"),
    _Look(nifti.is_analyze, Kind("Analyze", nifti.read_analyze), b"\x5c\0"),
    _Look(edf.is_edf, Kind("EDF", edf.read), b"0"),
    _Look(xdt.is_xdt, Kind("xDT", xdt.read), b"0123456789"),
    _Look(edi.is_edi, Kind("EDI", edi.read), _SPACE + _MARK + b"IU"),
    _Look(hl7.is_hl7, Kind("HL7", hl7.read), _SPACE + _MARK + b"MFB"),
    _Look(fhir.is_fhir, Kind("FHIR", fhir.read), _SPACE + _MARK + b"{[<"),
    _Look(par_rec.is_par, Kind("PAR", par_rec.read), _SPACE + b"#"),
    _Look(metaimage.is_metaimage, Kind("MetaImage", metaimage.read), _SPACE + b"ONCIPTB"),
    _Look(interfile.is_interfile, Kind("Interfile", interfile.read), _SPACE + _MARK + b";!"),
    _Look(hdf5.is_behind_block, Kind("HDF5", hdf5.read), binary=True),
    _Look(brainvision.is_brainvision, Kind("BrainVision", brainvision.read), _MARK + b"B"),
    _Look(afni.is_head, Kind("AFNI", afni.read), _SPACE + b"t"),
    _Look(varian.is_procpar, Kind("procpar", varian.read), _LETTERS),
    _Look(ctf.is_infods, Kind("CTF", ctf.read), binary=True),
    _Look(fiff.is_fiff, Kind("FIFF", fiff.read), b"\0"),
    _Look(arrays.is_pfile, Kind("GE P-file", arrays.read_pfile)),
    _Look(arrays.is_mgh, Kind("MGH", arrays.read_mgh), b"\0"),
    _Look(surfaces.is_solid, Kind("STL", surfaces.read_stl), _SPACE + b"s"),
    _Look(surfaces.is_facets, Kind("STL", surfaces.read_stl), binary=True),
    _Look(siemens_raw.is_raw, Kind("Siemens raw data", siemens_raw.read), binary=True),
    _Look(portable.looks, Kind("PDF", portable.read)),
    _Look(mail.looks, Kind("mail", mail.read)),
    _Look(boxes.looks, Kind("boxes", boxes.read)),
    _Look(events.looks, Kind("TFRecord", events.read), binary=True),
    _Look(bson.is_bson, Kind("BSON", bson.read), binary=True),
    _Look(message_pack.looks, Kind("MessagePack", message_pack.read), message_pack.BEGINS),
    _Look(pictures.is_bitmap, Kind("BMP", pictures.bitmap), b"B"),
    _Look(pictures.is_metafile, Kind("metafile", pictures.metafile), binary=True),
    _Look(discs.is_disc, Kind("disc", discs.read), binary=True),
    _Look(discs.is_other, Kind("volume", discs.other), binary=True),
)
"""Kinds that show elsewhere than in the first bytes, in the order in which they are asked."""


class _Choice(NamedTuple):
    """What a file may be that begins with one byte, in the order in which is asked."""

    within: tuple[_Look, ...]
    by_beginning: tuple[tuple[bytes, Kind], ...]
    by_look: tuple[_Look, ...]


def _choice(first: int, *, binary: bool) -> _Choice:
    return _Choice(
        tuple(one for one in _WITHIN if first in one.begins),
        tuple((sign, kind) for sign, kind in _BY_BEGINNING if sign[0] == first),
        tuple(one for one in _BY_LOOK if first in one.begins and one.binary <= binary),
    )


_CHOICES = tuple(tuple(_choice(one, binary=binary) for one in _ANY) for binary in (False, True))
"""By whether a zero is there, and by the first byte."""

_TEXT = Kind("text", texts.read)


def kind_of(readable: Readable) -> Kind | None:
    """The kind of a file that is no DICOM; None if nothing here reads it."""
    first = readable.first
    if not first:
        return None
    within, by_beginning, by_look = _CHOICES[b"\0" in first][first[0]]
    for looks, kind, _, _ in within:
        if looks(readable):
            return kind
    for beginning, kind in by_beginning:
        if first.startswith(beginning):
            return kind
    for looks, kind, _, _ in by_look:
        if looks(readable):
            return kind
    return _TEXT if texts.is_text(first) else None
