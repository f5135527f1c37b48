"""What people write into descriptions: with a person in it, and without one.

In a template `{given}` and `{family}` are the patient, in capitals as GIVEN and FAMILY; `{doctor}`
is a surname of staff; `{iso}`, `{dotted}`, `{us}`, `{worded}` and `{plain}` are full dates.
"""

NAMES = (
    *("CT CHEST for {given} {family}", "MRI BRAIN DR.{FAMILY}", "{family}, 56yo, chest pain"),
    *("pt {family}", "Pt. {given} {family} post op", "THORAX PA {family} {given}"),
    *("Fr. {family} Kontrolle", "Hr. {family}", "Frau {family} Knie links", "Sra. {family}"),
    *("M. {family} genou droit", "Mme {family}", "Sig. {family} addome", "Sr. {family} rodilla"),
    *("Knie links {FAMILY}^{GIVEN}", "{family}, {given} MRT Kopf", "T1 {given}_{family}"),
    *("patient {given} {family} seen today", "Anforderer: Dr. {doctor}", "Mrs {family} hip"),
    *("ref by Dr {doctor}", "paciente {given} {family}", "requested by {given} {family}"),
    *("{FAMILY} {GIVEN} LUMBAR SPINE", "per mother {given} {family}", "ABDOMEN {FAMILY} {GIVEN}"),
    *("{family} {given} 56yo M", "Name: {family}", "Nombre: {given} {family}", "nom {family}"),
    *("call {given} {family} with results", "Hx from husband {given} {family}", "{FAMILY}^{GIVEN}"),
    *("CHEST PORTABLE FOR {GIVEN} {FAMILY}", "Dra. {doctor} pide control", "Prof. {doctor}"),
)
DATES = (
    *("CHEST {iso}", "KNIE vom {dotted}", "MRI {us}", "follow-up {worded}", "ABDOMEN {plain}"),
    *("geb. {dotted}", "DOB {us}", "born {worded}", "control {dotted}", "T1 AX {iso} post"),
    *("compared with {us}", "*{dotted}", "prior {worded}", "Verlauf seit {dotted}"),
)
NUMBERS = (
    *("MRN {mrn}", "CHEST MRN: {mrn}", "Fallnr. {mrn}", "NHC {mrn}", "Acc# {accession}"),
    *("PatID {mrn}", "Pat.-Nr. {mrn}", "accession {accession}", "record no {mrn}"),
)
CONTACTS = ("call {phone}", "mail {email}", "results to {email}", "tel. {phone}", "Tel {phone}")

PLAIN = (
    *("CT CHEST WITH CONTRAST", "MRI BRAIN W/O CONTRAST", "AX T2 FLAIR", "SAG T1 MPRAGE"),
    *("Schädel nativ", "Thorax in 2 Ebenen", "Kniegelenk rechts", "LWS seitlich"),
    *("Abdomen mit Kontrastmittel", "HWS nativ", "Oberbauch", "Becken Übersicht"),
    *("Crâne sans injection", "Genou droit de face", "Abdomen sans préparation"),
    *("Rachis lombaire", "Thorax de face", "Scanner cérébral", "IRM du genou gauche"),
    *("Tórax posteroanterior", "Rodilla izquierda", "Columna lumbar", "Cráneo sin contraste"),
    *("Resonancia de rodilla derecha", "TAC abdominal", "Ecografía de abdomen"),
    *("Torace in proiezione laterale", "Ginocchio destro", "Encefalo senza contrasto"),
    *("Addome completo", "Colonna lombare", "Bacino e anche", "Spalla sinistra"),
    *("Circle of Willis", "Parkinson protocol", "Baker cyst knee", "Wilson disease liver"),
    *("May-Thurner protocol", "Long axis view", "DR CHEST", "Head routine", "Whole body PET"),
    *("Hodgkin staging", "Hip left lateral", "Low dose chest", "3D TOF MRA", "DWI b1000 ADC"),
    *("t1_mprage_sag_iso", "ep2d_diff_3scan_trace", "Localizer", "MPR Thick Range", "Dose Report"),
    *("Mammography screening bilateral", "Abdomen 3 phases", "Liver Siemens protocol", "Scout"),
)
"""Descriptions as protocols are called in five languages; nobody is named."""

CODE_WORDS = (
    *("SUBJ-0042", "sub-017", "ANON-0001", "TRIAL-A-0007", "PHANTOM", "QA", "anonymous"),
    *("subject_0042", "case 12", "patient 7", "ANONYMIZED", "REMOVED", "XXXX", "pseudonymised"),
)
"""What stands for a person without telling who."""

TECHNICAL = (
    *("ON", "normal mode", "rotation clockwise", "gain 4", "filter smooth", "kernel B30f"),
    *("matrix 256 x 256", "table in", "VB17A", "version 2.1.4", "0.75", "image 12 of 40"),
    *("distortion correction applied", "noise level low", "coil head", "SAFIRE strength 3"),
    *("acquisition mode helical", "series 3", "threshold 0.5", "phase encoding AP"),
)
"""What a maker writes into an element of its own."""
