"""What the heading of a column, or the key of a record, announces of a person."""

from enum import StrEnum
from functools import lru_cache

import regex

from vestige.text import folds


class Column(StrEnum):
    """What stands in a column."""

    NAME = "name"
    SURNAME = "surname"
    GIVEN = "given name"
    NUMBER = "number"
    BIRTH = "birth date"
    CODE = "code"


_HEADINGS = {
    Column.SURNAME: """
        surname lastname familyname secondname apellido apellidos primerapellido segundoapellido
        apellido1 apellido2 nachname familienname zuname geburtsname maidenname birthname
        nomdefamille nomusuel nomnaissance cognome cognomi sobrenome ultimonome achternaam
        familienaam efternamn efternavn etternavn nazwisko prijmeni priezvisko prezime vezeteknev
        csaladnev sukunimi soyad soyadi soyisim eponymo familia xing patientlastname
        patientsurname patlastname lname
    """,
    Column.GIVEN: """
        givenname firstname forename middlename christianname vorname rufname vornamen prenom
        prenoms nombredepila nombrepila primernombre voornaam voornamen roepnaam fornamn fornavn
        imie imiona jmeno krestnijmeno keresztnev utonev etunimi ad adi isim onoma imya ming
        patientfirstname patientgivenname patfirstname fname primeironome nomeproprio
    """,
    Column.NAME: """
        name names fullname patientname patientsname patient patname nombre nombres
        nombreyapellidos nombrecompleto nombrepaciente paciente nom nomprenom nometprenom
        nomcomplet nompatient nome nomecompleto nomeecognome nomepaziente paziente nomepaciente
        naam volledigenaam naampatient namn navn patientenname patientin subjectname
        participantname nev beteg nimi potilas adsoyad hasta hastaadi onomateponymo fio
        imieinazwisko pacjent xingming kanja
    """,
    Column.NUMBER: """
        mrn historia nohistoria numhistoria medicalrecordnumber medicalrecord recordnumber
        recordno patientid patid pid patientnumber patientno hospitalnumber hospitalno hospitalid
        unitnumber urn nhs nhsnumber chi ssn socialsecurity socialsecuritynumber nationalid
        idnumber personnummer personalnumber cpr fodselsnummer nhc numerohistoria historiaclinica
        numerohistoriaclinica cip sip dni nie nif nuss fallnummer fallnr fallnumber
        patientennummer patientennr patnr patientnr kvnr versichertennummer aufnahmenummer ipp nda
        nip numerodossier numpatient nir insee numerosecu codicefiscale cf codicepaziente
        numerocartella cartella nosologico bsn patientnummer pesel rodnecislo taj hetu tckimlik
        tckn kimlikno protokolno amka cpf prontuario numeroprontuario numeroutente nus sns
        accession accessionnumber accessionno admissionid encounterid visitnumber insurancenumber
        healthcardnumber hcn ohip medicare medicareno tajszam cnp snils oib jmbg embg egn
    """,
    Column.BIRTH: """
        birthdate dateofbirth dob birth born birthday patientbirthdate patientsbirthdate
        fechanacimiento fechadenacimiento nacimiento fnac fechanac geburtsdatum gebdatum gebdat
        geburtstag geboren geb datenaissance datedenaissance ddn naissance datanascita
        datadinascita nascita datanascimento datadenascimento nascimento geboortedatum
        fodelsedatum fodselsdato dataurodzenia datumnarozeni datumnarodenia datumrodenja
        szuletesidatum syntymaaika dogumtarihi imerominiagennisis dataroz datarozhdeniya
    """,
    Column.CODE: """
        pseudonym pseudo pseudoid pseudonymid code codeid studycode subjectcode patientcode anonid
        anonymizedid anonymisedid anonymousid anoncode anonymized anonymised deidentifiedid deidid
        deid newid newpatientid maskedid hash hashid uuid guid uid key subject subjectid subjid
        participant participantid participantcode studyid trialid randomid randomisationid
        randomizationnumber researchid codigo codigopaciente codigoestudio seudonimo codepatient
        codice codicestudio pseudonimo studiennummer studiencode probandennummer proband folder
        foldername directory newname studyinstanceuid sopinstanceuid seriesinstanceuid to target
        mapped mappedid alias
    """,
}
"""Headings as folds without separators, by what they announce, in the order in which they count."""

_KNOWN = {word: column for column, words in _HEADINGS.items() for word in words.split()}
_PIECES = regex.compile(r"[\p{L}\p{M}\p{Nd}]+")
_NATIVE = {
    "姓名": Column.NAME,
    "名字": Column.NAME,
    "氏名": Column.NAME,
    "患者名": Column.NAME,
    "患者姓名": Column.NAME,
    "이름": Column.NAME,
    "성명": Column.NAME,
    "환자명": Column.NAME,
    "имя": Column.GIVEN,
    "фамилия": Column.SURNAME,
    "фио": Column.NAME,
    "пациент": Column.NAME,
    "датарождения": Column.BIRTH,
    "επώνυμο": Column.SURNAME,
    "όνομα": Column.GIVEN,
    "ονοματεπώνυμο": Column.NAME,
    "出生日期": Column.BIRTH,
    "生年月日": Column.BIRTH,
    "생년월일": Column.BIRTH,
    "病历号": Column.NUMBER,
    "患者番号": Column.NUMBER,
    "患者id": Column.NUMBER,
    "환자번호": Column.NUMBER,
    "الاسم": Column.NAME,
    "שם": Column.NAME,
}
"""Headings in scripts whose romanisation nobody writes."""

_LEAST_WORDS = 2


@lru_cache(maxsize=4096)
def column(heading: str) -> Column | None:
    """What a heading announces; None if nothing of a person."""
    pieces = _PIECES.findall(heading.lower())
    native = _NATIVE.get("".join(pieces))
    if native is not None:
        return native
    words = [(folds(piece) or (piece,))[0] for piece in pieces]
    whole = "".join(words)
    found = _KNOWN.get(whole)
    if found is not None or len(words) < _LEAST_WORDS:
        return found
    # "Patient: last name", "Last name (maiden)": the longest run of words that is known.
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            found = _KNOWN.get("".join(words[start : start + length]))
            if found is not None and (length > 1 or found is not Column.CODE):
                return found
    return None
