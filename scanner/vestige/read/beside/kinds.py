"""Kinds: which reader a file beside the images has, by its first bytes and never by its name."""

from collections.abc import Callable
from typing import NamedTuple

from vestige.read.beside import (
    afni,
    arrays,
    boxes,
    brainvision,
    bundled,
    ctf,
    dbf,
    discs,
    ecat,
    edf,
    fhir,
    fiff,
    hdf5,
    hl7,
    interfile,
    jcamp,
    legacy,
    mail,
    matlab,
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
    rdata,
    rich,
    seven,
    siemens_raw,
    slides,
    spss,
    sqlite,
    stata,
    surfaces,
    tarred,
    texts,
    tiff,
    varian,
    zeiss,
    zipped,
)
from vestige.read.beside.parts import Readable, Reader


class Kind(NamedTuple):
    """A kind of file: its name, as reports write it, and how it is read."""

    name: str
    read: Reader


_WITHIN: tuple[tuple[Callable[[Readable], bool], Kind], ...] = (
    (office.looks, Kind("office document", office.read)),
    (slides.is_slide, Kind("slide", slides.read)),
)
"""Kinds that are written as files of another kind: those are asked first."""

_BY_BEGINNING: tuple[tuple[bytes, Kind], ...] = (
    *((sign, Kind("zip", zipped.read)) for sign in zipped.SIGNS),
    (stata.SIGN, Kind("Stata", stata.read)),
    *((sign, Kind("R", rdata.read)) for sign in rdata.SIGNS),
    *((sign, Kind("SPSS", spss.read)) for sign in spss.SIGNS),
    (sqlite.SIGN, Kind("SQLite database", sqlite.read)),
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

_BY_LOOK: tuple[tuple[Callable[[Readable], bool], Kind], ...] = (
    (pickled.looks, Kind("pickle", pickled.read)),
    (zipped.is_behind_a_program, Kind("zip", zipped.read)),
    (tarred.is_archive, Kind("tar", tarred.read)),
    (packed.is_alone, Kind("lzma", packed.alone)),
    (stata.is_old, Kind("Stata", stata.read)),
    (rdata.is_rds, Kind("R", rdata.read)),
    (dbf.is_table, Kind("dBASE", dbf.read)),
    (nifti.is_nifti, Kind("NIfTI", nifti.read)),
    (nifti.is_analyze, Kind("Analyze", nifti.read_analyze)),
    (edf.is_edf, Kind("EDF", edf.read)),
    (hl7.is_hl7, Kind("HL7", hl7.read)),
    (fhir.is_fhir, Kind("FHIR", fhir.read)),
    (par_rec.is_par, Kind("PAR", par_rec.read)),
    (metaimage.is_metaimage, Kind("MetaImage", metaimage.read)),
    (interfile.is_interfile, Kind("Interfile", interfile.read)),
    (hdf5.is_behind_block, Kind("HDF5", hdf5.read)),
    (brainvision.is_brainvision, Kind("BrainVision", brainvision.read)),
    (afni.is_head, Kind("AFNI", afni.read)),
    (varian.is_procpar, Kind("procpar", varian.read)),
    (ctf.is_infods, Kind("CTF", ctf.read)),
    (fiff.is_fiff, Kind("FIFF", fiff.read)),
    (arrays.is_pfile, Kind("GE P-file", arrays.read_pfile)),
    (arrays.is_mgh, Kind("MGH", arrays.read_mgh)),
    (surfaces.is_stl, Kind("STL", surfaces.read_stl)),
    (siemens_raw.is_raw, Kind("Siemens raw data", siemens_raw.read)),
    (portable.looks, Kind("PDF", portable.read)),
    (mail.looks, Kind("mail", mail.read)),
    (boxes.looks, Kind("boxes", boxes.read)),
    (pictures.is_bitmap, Kind("BMP", pictures.bitmap)),
    (pictures.is_metafile, Kind("metafile", pictures.metafile)),
    (discs.is_disc, Kind("disc", discs.read)),
    (discs.is_other, Kind("volume", discs.other)),
)
"""Kinds that show elsewhere than in the first bytes, in the order in which they are asked."""

_TEXT = Kind("text", texts.read)


def kind_of(readable: Readable) -> Kind | None:
    """The kind of a file that is no DICOM; None if nothing here reads it."""
    first = readable.first
    for looks, kind in _WITHIN:
        if looks(readable):
            return kind
    for beginning, kind in _BY_BEGINNING:
        if first.startswith(beginning):
            return kind
    for looks, kind in _BY_LOOK:
        if looks(readable):
            return kind
    return _TEXT if texts.is_text(first) else None
