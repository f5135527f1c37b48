"""What the heading of a column, or the key of a record, announces of a person."""

import re
from enum import Enum
from functools import lru_cache

import regex

from vestige.text import folds


class Role(Enum):
    """What a column holds.

    A LABEL is called a name and no more: anything may have one. A PATIENT's number may be a code.
    """

    FAMILY = "family"
    GIVEN = "given"
    FULL = "full"
    LABEL = "label"
    NUMBER = "number"
    PATIENT = "patient"
    BIRTH = "birth"
    CODE = "code"
    OTHER = "other"


_HEADINGS = {
    Role.FAMILY: """
        surname lastname familyname apellido apellidos apellidouno primerapellido segundoapellido
        apellidodos nachname familienname nomdefamille nomfamille cognome cognom cognoms sobrenome
        apelido ultimonome nazwisko efternamn etternavn efternavn sukunimi achternaam prijmeni
        vezeteknev csaladnev soyad soyadi nume numedefamilie prezime familiya familia xing
        epitheto eponymo ho secondname apellido1 apellido2 zuname geburtsname maidenname birthname
        nomusuel nomnaissance cognomi familienaam priezvisko soyisim patientlastname
        patientsurname patlastname lname
    """,
    Role.GIVEN: """
        firstname givenname forename middlename prenom prenoms vorname nombredepila primernombre
        segundonombre nomepropio primeironome imie fornamn fornavn etunimi voornaam jmeno
        keresztnev utonev adi prenume ime imya otchestvo ming onoma christianname rufname vornamen
        nombrepila voornamen roepnaam imiona krestnijmeno patientfirstname patientgivenname
        patfirstname fname nomeproprio
    """,
    Role.FULL: """
        fullname patientname patientsname namepatient personname completename nombrecompleto
        nombreyapellidos apellidosynombre nombrepaciente nombredelpaciente patientenname
        nompatient nomdupatient nomprenom nometprenom nomepaziente nomedopaciente nomecompleto
        nomecognome cognomenome nomicognoms imieinazwisko fio xingming shimei seongmyeong
        patientnaam hastaadi adsoyad adisoyadi nomicognom dicompatientname subjectname
        nachnamevorname namevorname lastfirst patname nombres nomcomplet nomeecognome paziente
        nomepaciente volledigenaam naampatient participantname beteg potilas hasta onomateponymo
        pacjent kanja
    """,
    Role.LABEL: """
        name nombre nom nome naam navn namn nimi nev isim ad nazwa name1 ireum names
    """,
    Role.NUMBER: """
        mrn medicalrecordnumber recordnumber recordno chartnumber chartno hospitalnumber
        hospitalno hospitalid nhc numerohistoria numerodehistoria historiaclinica
        numerohistoriaclinica numhistoria nip nuhsa cip sip ipp numeroipp nda nir patientennummer
        patientennr patnr patientnr patientnumber patientno fallnummer fallnr aufnahmenummer
        cartella numerocartella codicefiscale prontuario numeroprontuario cpf cns personnummer
        fodselsnummer cprnummer cpr pesel bsn nhsnumber nhsno dni nif nie ssn originalid origid
        origpatientid originalpatientid oldid oldpatientid realid realpatientid sourceid uhid
        hospitalpatientid emrid ehrid rodnecislo hetu tckimlik tckimlikno amka kvnr
        patientidoriginal patientidold numeropaciente numpaciente hn historia nohistoria
        medicalrecord unitnumber urn nhs chi socialsecurity socialsecuritynumber nationalid
        idnumber personalnumber nuss fallnumber versichertennummer numerodossier numpatient insee
        numerosecu cf codicepaziente nosologico patientnummer taj tckn kimlikno protokolno
        numeroutente nus sns accession accessionnumber accessionno admissionid encounterid
        visitnumber insurancenumber healthcardnumber hcn ohip medicare medicareno tajszam cnp
        snils oib jmbg embg egn
    """,
    Role.PATIENT: """
        patientid patid pid idpaciente idpatient pacienteid patientenid
    """,
    Role.BIRTH: """
        dob birthdate birthday dateofbirth birth patientbirthdate patientsbirthdate dobdate
        fechanacimiento fechadenacimiento fnac fechanac nacimiento geburtsdatum gebdatum
        geburtstag gebdat datenaissance datedenaissance ddn naissance datanascita datadinascita
        nascita datanascimento datadenascimento nascimento dataurodzenia fodelsedatum fodselsdato
        fodselsdag syntymaaika geboortedatum datumnarozeni szuletesidatum dogumtarihi datanasterii
        datumrodjenja datarozhdeniya datanaixement chushengriqi shengnianyueri born geboren geb
        datumnarodenia datumrodenja imerominiagennisis dataroz
    """,
    Role.CODE: """
        pseudonym pseudonyme pseudonimo pseudoid pseudo code codigo codice kode kod anonid
        anonymizedid anonymisedid anonymousid anonimo anonymid anon anonpatientid deidid
        deidentifiedid newid newpatientid studyid subjectid subject subjid participantid
        participant researchid trialid caseid newname alias blindedid randomid sujet sujeto
        pseudonymid codeid studycode subjectcode patientcode anoncode anonymized anonymised deid
        maskedid hash hashid uuid guid participantcode randomisationid randomizationnumber
        codigopaciente codigoestudio seudonimo codepatient codicestudio studiennummer studiencode
        probandennummer proband         mapped mappedid
    """,
}
"""Folded headings without their separators, in many languages, by what they announce."""

_NATIVE = {
    "姓名": Role.FULL,
    "名字": Role.FULL,
    "氏名": Role.FULL,
    "患者名": Role.FULL,
    "患者姓名": Role.FULL,
    "이름": Role.FULL,
    "성명": Role.FULL,
    "환자명": Role.FULL,
    "имя": Role.GIVEN,
    "фамилия": Role.FAMILY,
    "фио": Role.FULL,
    "пациент": Role.FULL,
    "датарождения": Role.BIRTH,
    "επώνυμο": Role.FAMILY,
    "όνομα": Role.GIVEN,
    "ονοματεπώνυμο": Role.FULL,
    "出生日期": Role.BIRTH,
    "生年月日": Role.BIRTH,
    "생년월일": Role.BIRTH,
    "病历号": Role.NUMBER,
    "患者番号": Role.NUMBER,
    "患者id": Role.NUMBER,
    "환자번호": Role.NUMBER,
    "الاسم": Role.FULL,
    "שם": Role.FULL,
}
"""Headings in scripts whose romanisation nobody writes."""

_ROLES = {word: role for role, words in _HEADINGS.items() for word in words.split()} | _NATIVE
_PIECES = regex.compile(r"[\p{L}\p{M}\p{Nd}]+")
_PLAIN_PIECES = re.compile(r"[a-z0-9]+")
_LONGEST = max(map(len, _ROLES)) + 2 * len("patienten")
"""Letters and digits of a heading at most, with what is left out of it."""
_FILLERS = re.compile(r"^(?:patients?|pat|paciente|patienten|the)(?=.)|(?:ofpatient|paciente)$")


_STUDY_CODE = re.compile(
    r"(?i)(?:sub|subj|subject|sujet|sujeto|ses|case|pat|patient|paciente|proband|anon|participant|"
    r"vol|volunteer|ctrl|control|hc|id|p|s)[-_ ]?\d{1,5}"
)


def is_study_code(text: str) -> bool:
    """Whether a text is a number that a study gave, as sub-0042 or CASE_7."""
    return _STUDY_CODE.fullmatch(text.strip()) is not None


@lru_cache(maxsize=4096)
def role(heading: str) -> Role:
    """What a column of that heading holds; of any role the whole heading must be known."""
    if heading.isascii():
        whole = "".join(_PLAIN_PIECES.findall(heading.lower()))
        return Role.OTHER if len(whole) > _LONGEST else _of_folded(whole)
    pieces = _PIECES.findall(heading.lower())
    native = _ROLES.get("".join(pieces))
    if native is not None:
        return native
    return _of_folded("".join(fold for piece in pieces for fold in (folds(piece) or (piece,))[:1]))


def _of_folded(whole: str) -> Role:
    return _ROLES.get(whole) or _ROLES.get(_FILLERS.sub("", whole), Role.OTHER)
