"""Labels: the names that programs give to fields, and the attribute of DICOM that each stands for.

A value behind such a label is what the attribute is, wherever it stands: in a vendor's header, in
XML or JSON inside an element. Only names of this list ever appear in a pointer.
"""

import re
from functools import lru_cache

from vestige.text import folds

LONGEST_KEY = 64
"""Characters of a key at most; longer ones are texts."""

LONGEST_VALUE = 256
"""Characters of a labelled value at most; longer ones are judged as text, where they stand."""

_NAME, _NUMBER, _BIRTH, _SEX = 0x00100010, 0x00100020, 0x00100030, 0x00100040
_AGE, _SIZE, _WEIGHT = 0x00101010, 0x00101020, 0x00101030
_PERSON = 0x0040A123

_NAMES: dict[int, str] = {
    _NAME: "patientname patientsname patname namepatient patientfullname patientlastname "
    "patientfirstname patientsurname patientfamilyname patientgivenname patientmiddlename "
    "subjectname nombrepaciente nombredelpaciente apellidospaciente apellidosdelpaciente "
    "paciente pacientenombre patientenname patientennachname patientenvorname "
    "namedespatienten patientnachname patientvorname nompatient nomdupatient prenompatient "
    "prenomdupatient patientnom patientprenom nomepaziente nomedelpaziente cognomepaziente "
    "cognomedelpaziente pazientenome patientrolename recordtargetname nomepaciente "
    "nomedopaciente",
    _NUMBER: "patientid patientsid patid patno patientno patientnr patientnumber "
    "patientidentifier mrn medicalrecordnumber medicalrecordno recordnumber hospitalnumber "
    "subjectid nhc numerohistoria numerodehistoria numerohistoriaclinica historiaclinica "
    "numerodehistoriaclinica idpaciente iddelpaciente patientennummer patientennr patientenid "
    "ipp idpatient idpaziente numerodossier "
    "numerodedossier patientroleid pazienteid pacienteid",
    0x00380010: "admissionid visitnumber accountnumber fallnummer fallnr encounterid "
    "numeroepisodio numerodeepisodio",
    _BIRTH: "birthdate patientbirthdate patientsbirthdate dateofbirth patientdateofbirth dob "
    "patientdob birthday patientbirthday birthtime geburtsdatum gebdatum geburtstag "
    "patientengeburtsdatum patientgeburtsdatum fechanacimiento fechadenacimiento "
    "fechanacimientopaciente datenaissance datedenaissance datadinascita datanascita "
    "datadenascimento datanascimento subjectbirthdate",
    _SEX: "patientsex patientssex patientgender",
    _AGE: "patientage patientsage",
    _SIZE: "patientsize patientheight usedpatientheight",
    _WEIGHT: "patientweight patientsweight usedpatientweight",
    0x00101040: "patientaddress patientsaddress patientroleaddr direccionpaciente "
    "direcciondelpaciente adressepatient patientenadresse indirizzopaziente",
    0x00102154: "patienttelephonenumbers patienttelephonenumber patienttelephone patientphone "
    "patientphonenumber patientroletelecom telefonopaciente",
    0x00101060: "mothersname motherbirthname patientmothersbirthname patientmotherbirthname "
    "mothersmaidenname",
    0x00101001: "otherpatientnames otherpatientname patientalias",
    0x00101000: "otherpatientids otherpatientid",
    0x00101090: "medicalrecordlocator",
    0x00080050: "accessionnumber accessionno accession",
    0x00080080: "institutionname institution hospitalname hospital nombrehospital "
    "nombredelhospital krankenhaus klinik nomhopital ospedale sitename clinicname",
    0x00080081: "institutionaddress hospitaladdress siteaddress",
    0x00081010: "stationname",
    0x00181000: "deviceserialnumber",
    0x00080090: "referringphysicianname referringphysiciansname referringphysician "
    "referringphysicianlastname referringdoctor medicosolicitante medicoremitente zuweiser "
    "uberweiser ueberweiser medecinprescripteur medicorichiedente referringmdlastname "
    "orderingmdlastname",
    0x00081050: "performingphysicianname performingphysiciansname performingphysician",
    0x00081070: "operatorsname operatorname operatorsnames operator technologistname "
    "technologist acquisitiontechid acquisitiontechlastname technicianname editorlastname "
    "bediener operateur",
    0x00081060: "physiciansreadingstudy nameofphysiciansreadingstudy readingphysician "
    "readingphysicianname overreaderlastname radiologistname befunder",
    _PERSON: "lastname surname familyname firstname givenname fullname personname apellido "
    "apellidos nachname vorname familienname prenom nomdefamille cognome sobrenome achternaam "
    "voornaam nazwisko",
}
"""Folded names by tag: letters and digits only, in lower case."""

LABELS = {name: tag for tag, names in _NAMES.items() for name in names.split()}
"""The tag of each name."""

WITHIN = frozenset(
    "value values val val0 text content string item data alphabetic ideographic phonetic family "
    "given first last middle prefix suffix name names extension streetaddressline city "
    "postalcode county state country componentgroup streetname housenumber".split()
)
"""Names of parts of a value: what stands in them belongs to the label above."""

NAMING = frozenset(
    "name key label tag keyword field attribute attributename id code itemoid fieldname".split()
)
"""Names of fields that hold the name of another."""

_DATES = frozenset({_BIRTH})
_FIGURES = frozenset({_AGE, _SIZE, _WEIGHT})
_TYPE = re.compile(r"^(?:fl|sz|uc|ul|str|[bdlst])(?=[A-Z])")
"""How some vendors write the type of a value before its name, as in `tPatientName`."""

_ORIGIN = re.compile(
    r"^(?:dcm|dicom|phi|orig(?:inal)?|real|true|old|former|source|src|raw|his|ris|pacs)(?=pat|birth)"
)
"""What programs write before the name of a field to say where its value is from."""

_TAG = re.compile(r"\(?([0-9A-Fa-f]{4}),?([0-9A-Fa-f]{4})\)?")
_QUOTES = " \t\r\n\0\"'{}[];,"
_YEAR_FIRST = re.compile(r"((?:18|19|20)\d\d)\D?([01]\d)\D?([0-3]\d)(?:\D.*|\d{4,})?", re.DOTALL)
_YEAR_LAST = re.compile(r"([0-3]?\d)\D([01]?\d)\D((?:18|19|20)\d\d)(?:\D.*)?", re.DOTALL)
_LONGEST_DATE = 32


@lru_cache(maxsize=1 << 14)
def folded(key: str) -> str:
    """A key without its type, its path and all but letters and digits, in lower case."""
    last = re.split(r"[.:/]", key.strip())[-1] if len(key) <= LONGEST_KEY else ""
    spelling = (folds(_TYPE.sub("", last)) or ("",))[0]
    return "".join(c for c in spelling if c.isalnum())


@lru_cache(maxsize=1 << 14)
def label_of(key: str, above: str = "") -> int:
    """The tag that a key stands for, alone or behind the one above it; 0 if it stands for none."""
    if len(key) > LONGEST_KEY:
        return 0
    name = folded(key)
    found = LABELS.get(name, 0) or LABELS.get(_ORIGIN.sub("", name), 0)
    if found and found != _PERSON:
        return found
    if above and name:
        found = LABELS.get(folded(above) + name, found)
    written = _TAG.fullmatch(key)
    return _listed(int(written[1] + written[2], 16)) if written else found


def _listed(tag: int) -> int:
    return tag if tag in _NAMES else 0


def fitted(tag: int, text: str) -> str:
    """A labelled value as its attribute would hold it; "" if it says nothing.

    Dates are written as DICOM does; those before 1800, as empty ones of many programs, are none.
    """
    value = text.strip(_QUOTES)
    if len(value) > LONGEST_VALUE or not any(map(str.isalnum, value)):
        return ""
    if tag in _DATES:
        return _date(value)
    if tag in _FIGURES and not value.strip("0.,+-eE YyMmDdWw"):
        return ""
    return value


def _date(value: str) -> str:
    if found := _YEAR_FIRST.fullmatch(value):
        return "".join(found.groups())
    if found := _YEAR_LAST.fullmatch(value):
        day, month, year = found.groups()
        return f"{year}{month:0>2}{day:0>2}"
    named = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return value if named and len(value) <= _LONGEST_DATE else ""
