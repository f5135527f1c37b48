"""What Vestige says of the identifiers of national_ids.csv: titles, contexts, labels, checks.

The source gives form, checksum and sources; here stands what is our own judgement. `bare` is what
the written form without marks is worth where no label stands by it, `formed` the way of writing
that is worth more, and how much:

    alone      form and checksum hardly ever meet by chance
    likely     they do, in about one of three hundred random numbers of that form
    element    one of fifty or so: believed in elements for numbers of persons
    label      one of ten, or there is no checksum: never without its label

`labels` name the number in any spelling; `short` ones are words of other things too, so that they
count as they are written here alone, and before a number that passes the check.
"""

from typing import NamedTuple


class Judged(NamedTuple):
    """One identifier of the source, as Vestige speaks and thinks of it."""

    title: str
    bare: str
    labels: str
    short: str = ""
    formed: str = ""
    formed_as: str = ""
    check: str = ""
    """The check, where the source names none of python-stdnum's, or ours asks for more; behind a
    stroke that of numbers with a label, where it asks for less."""


JUDGED = {
    "at_svnr": Judged(
        "An Austrian social security number (SVNR)",
        "label",
        "SVNR|SVNr|SV-Nr|SV-Nummer|Versicherungsnummer|VSNR|Sozialversicherungsnummer|e-card",
    ),
    "be_nn": Judged(
        "A Belgian national number (NISS, INSZ)",
        "likely",
        "NISS|INSZ|rijksregister|rijksregisternummer|registre national|numéro national|"
        "Nationalregister|Nationalregisternummer|RRN|NRN",
        formed=r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}",
        formed_as="alone",
    ),
    "be_bis": Judged(
        "A Belgian number of a non-resident (BIS)",
        "element",
        "NISS|INSZ|BIS-nummer|numéro BIS|bisnummer",
        "BIS",
        formed=r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}",
        formed_as="alone",
    ),
    "bg_egn": Judged(
        "A Bulgarian civil number (EGN)",
        "element",
        "EGN|ЕГН|единен граждански номер",
    ),
    "bg_pnf": Judged(
        "A Bulgarian number of a foreigner (LNCh)", "label", "LNCH|ЛНЧ|личен номер на чужденец"
    ),
    "ch_ahv": Judged(
        "A Swiss social security number (AHV, AVS)",
        "alone",
        "AHV|AVS|NAVS|NAVS13|AHVN13|OASI|AHV-Nr|AHV-Nummer|Sozialversicherungsnummer|numéro AVS|"
        "numero AVS",
        formed=r"756\.\d{4}\.\d{4}\.\d{2}|756 \d{4} \d{4} \d{2}",
        formed_as="alone",
    ),
    "ch_veka": Judged(
        "A Swiss insurance card number (VeKa)",
        "alone",
        "VeKa|VeKa-Nr|carte d'assuré|Versichertenkarte|tessera d'assicurato|Kartennummer",
    ),
    "cy_id": Judged(
        "A Cypriot identity number",
        "label",
        "ταυτότητα|δελτίο ταυτότητας|αριθμός ταυτότητας|Cyprus ID|ARC|ID card|identity card",
    ),
    "cz_rc": Judged(
        "A Czech or Slovak birth number (rodné číslo)",
        "element",
        "RČ|rodné číslo|rodne cislo|rod. č|r.č|čp|číslo pojištěnce|birth number",
        "RC",
        formed=r"\d{6}/\d{4}",
        formed_as="likely",
        check="cz-rc|cz.rc",
    ),
    "sk_rc": Judged(
        "A Czech or Slovak birth number (rodné číslo)",
        "element",
        "RČ|rodné číslo|rodne cislo|r.č",
        "RC",
        formed=r"\d{6}/\d{4}",
        formed_as="likely",
        check="cz-rc|cz.rc",
    ),
    "de_idnr": Judged(
        "A German tax number (Steuer-ID)",
        "likely",
        "IdNr|Steuer-ID|Steuer-IdNr|SteuerID|Steueridentifikation|Steueridentifikationsnummer|"
        "steuerliche Identifikationsnummer|Steuernummer|TIN",
        formed=r"[1-9]\d \d{3} \d{3} \d{3}",
        formed_as="likely",
    ),
    "de_kvnr": Judged(
        "A German health insurance number (KVNR)",
        "label",
        "KVNR|KV-Nr|KVNummer|Versichertennummer|Versicherten-Nr|Versicherten-ID|eGK|"
        "Krankenversichertennummer|Krankenversicherungsnummer|Krankenkassennummer|Vers.-Nr",
        check="de-kvnr",
    ),
    "de_rvnr": Judged(
        "A German pension insurance number (RVNR)",
        "likely",
        "RVNR|SVNR|SV-Nr|Rentenversicherung|Rentenversicherungsnummer|Sozialversicherungsnummer|"
        "Versicherungsnummer",
        check="de-rvnr",
    ),
    "dk_cpr": Judged(
        "A Danish civil number (CPR)",
        "element",
        "CPR-nr|CPR-nummer|CPR nr|personnummer|personnr|cprnr|cprnummer",
        "CPR",
        formed=r"\d{6}-\d{4}",
        formed_as="likely",
        check="dk-cpr|dk.cpr",
    ),
    "ee_ik": Judged(
        "An Estonian personal code (isikukood)",
        "likely",
        "isikukood|isikukoodi|personal code",
        "IK",
    ),
    "es_dni": Judged(
        "A Spanish identity number (DNI)",
        "likely",
        "DNI|NIF|D.N.I|N.I.F|documento nacional de identidad|DNI/NIE|NIF/NIE|DNI-NIE",
    ),
    "es_nie": Judged(
        "A Spanish number of a foreigner (NIE)",
        "likely",
        "NIE|N.I.E|DNI|NIF|DNI/NIE|NIF/NIE|DNI-NIE|número de identidad de extranjero",
    ),
    "es_cip_sns": Judged(
        "A Spanish health card number (CIP)",
        "label",
        "CIP|CIP SNS|CIP-SNS|tarjeta sanitaria|código SNS|TSI|SNS",
    ),
    "es_cip_cat": Judged(
        "A Catalan health card number (CIP)",
        "label",
        "CIP|CatSalut|TSI|targeta sanitària|tarjeta sanitaria",
        check="day-inside-cip",
    ),
    "fi_hetu": Judged(
        "A Finnish personal identity code (hetu)",
        "alone",
        "hetu|henkilötunnus|personbeteckning|sotu|henkilötunnuksen",
    ),
    "fr_nir": Judged(
        "A French social security number (NIR)",
        "element",
        "sécurité sociale|numéro de sécurité sociale|n° sécu|num sécu|sécu|matricule INS|INS-NIR|"
        "INS NIR|numéro INSEE|n° SS|NNI|carte vitale|numéro d'assuré",
        "NIR|INS|INSEE",
        formed=r"[12478] \d{2} \d{2} \d[\dAB] \d{3} \d{3} \d{2}",
        formed_as="alone",
    ),
    "gb_nhs": Judged(
        "A British NHS number",
        "label",
        "NHS|NHS No|NHS number|NHSNumber|NHS ID|NHSNo|new NHS|national health service number",
    ),
    "gb_chi": Judged(
        "A Scottish health number (CHI)",
        "label",
        "CHI number|CHI No|CHI nr|community health index",
        "CHI",
        check="gb-chi",
    ),
    "gb_hcn": Judged(
        "A Northern Irish health and care number",
        "label",
        "H&C number|H&C No|health and care number|HCN",
        "H&C|H+C",
    ),
    "gb_nino": Judged(
        "A British national insurance number",
        "likely",
        "NINO|National Insurance|National Insurance number|NI No|NI number|NI-Nr",
        formed=r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \d{2} \d{2} \d{2} [A-D]",
        formed_as="likely",
        check="gb-nino",
    ),
    "gr_amka": Judged("A Greek social security number (AMKA)", "likely", "AMKA|ΑΜΚΑ|Α.Μ.Κ.Α"),
    "hr_oib": Judged(
        "A Croatian personal number (OIB)", "label", "OIB|osobni identifikacijski broj"
    ),
    "hr_mbo": Judged(
        "A Croatian insured person's number (MBO)", "label", "MBO|matični broj osiguranika"
    ),
    "hu_taj": Judged(
        "A Hungarian social security number (TAJ)",
        "label",
        "TAJ|TAJ szám|TAJ-szám|tajszám|társadalombiztosítási azonosító jel|TB szám",
        check="hu-taj",
    ),
    "ie_pps": Judged(
        "An Irish public service number (PPS)",
        "likely",
        "PPSN|PPS No|PPS number|PPSNo|personal public service number|RSI number",
        "PPS",
    ),
    "is_kt": Judged(
        "An Icelandic identity number (kennitala)",
        "likely",
        "kennitala|kennitölu|kennit|kt.nr",
        "kt|Kt|KT",
        formed=r"[0-7]\d{5}-\d{4}",
        formed_as="likely",
    ),
    "it_cf": Judged(
        "An Italian tax code (codice fiscale)",
        "alone",
        "codice fiscale|cod. fiscale|cod fisc|codfisc|C.F|tessera sanitaria",
        "CF",
        formed=r"[a-z]{6}\d{2}[a-ehlmprst]\d{2}[a-z]\d{3}[a-z]",
        formed_as="alone",
    ),
    "lt_ak": Judged(
        "A Lithuanian personal code (asmens kodas)",
        "element",
        "asmens kodas|asmenskodas|a.k|asm. kodas",
        "AK",
    ),
    "lu_mat": Judged(
        "A Luxembourg identification number (matricule)",
        "element",
        "matricule|numéro de matricule|Matrikel|Matrikelnummer|numéro d'identification national",
        check="lu-matricule",
    ),
    "lv_pk": Judged(
        "A Latvian personal code (personas kods)",
        "label",
        "personas kods|personaskods|pers. kods|p.k",
        formed=r"\d{6}-\d{5}",
        formed_as="likely",
    ),
    "mt_id": Judged(
        "A Maltese identity card number",
        "label",
        "karta tal-identità|karta tal identita|Malta ID|Maltese ID|ID card|ID card no|"
        "identity card|identity card number",
    ),
    "nl_bsn": Judged(
        "A Dutch citizen service number (BSN)",
        "label",
        "BSN|BSN-nummer|burgerservicenummer|burger service nummer|sofinummer|sofi-nummer|sofi",
    ),
    "no_fnr": Judged(
        "A Norwegian birth number (fødselsnummer)",
        "alone",
        "fødselsnummer|fødselsnr|fodselsnummer|f.nr|fnr|personnummer|D-nummer|fødselsnummeret|"
        "H-nummer",
        formed=r"\d{6} \d{5}",
        formed_as="alone",
    ),
    "pl_pesel": Judged("A Polish personal number (PESEL)", "element", "PESEL|nr PESEL"),
    "pt_cc": Judged(
        "A Portuguese citizen card number",
        "label",
        "cartão de cidadão|cartao de cidadao|cartão do cidadão|bilhete de identidade|nº CC",
        "CC|BI",
        formed=r"\d{8} \d [A-Z0-9]{2}\d",
        formed_as="likely",
    ),
    "pt_nif": Judged(
        "A Portuguese tax number (NIF)",
        "label",
        "NIF|contribuinte|nº contribuinte|número de contribuinte|número fiscal|N.I.F",
    ),
    "pt_sns": Judged(
        "A Portuguese health service number (utente)",
        "label",
        "utente|nº utente|número de utente|SNS|nº SNS|número SNS|utente SNS",
    ),
    "ro_cnp": Judged(
        "A Romanian personal code (CNP)", "likely", "CNP|C.N.P|cod numeric|cod numeric personal"
    ),
    "se_pnr": Judged(
        "A Swedish personal number (personnummer)",
        "likely",
        "personnummer|personnr|pnr|pers.nr|samordningsnummer|person nr|persnr",
        formed=r"(?:19|20)?\d{6}[-+]\d{4}",
        formed_as="likely",
    ),
    "si_emso": Judged(
        "A unique citizen number (EMŠO, JMBG)", "likely", "EMŠO|EMSO|enotna matična številka"
    ),
    "yu_jmbg": Judged(
        "A unique citizen number (EMŠO, JMBG)",
        "likely",
        "JMBG|ЈМБГ|MBG|ЕМБГ|EMBG|matični broj|матични број|JMB",
    ),
    "li_peid": Judged("A Liechtenstein person number (PEID)", "label", "PEID|PEID-Nr"),
    "eu_ehic": Judged(
        "A European health insurance card number (EHIC)",
        "label",
        "EHIC|European Health Insurance|European Health Insurance Card|EKVK|CEAM|TSE|TEAM",
    ),
    "tr_tckn": Judged(
        "A Turkish identity number (T.C. kimlik)",
        "element",
        "kimlik|kimlik no|TC kimlik|T.C. kimlik|T.C. kimlik no|TCKN|TC no|T.C. no|kimlik numarası",
        "TC|T.C",
    ),
    "ua_rntrc": Judged(
        "A Ukrainian taxpayer number (RNTRC)",
        "label",
        "РНОКПП|ІПН|RNTRC|RNOKPP|IПН|ідентифікаційний код",
    ),
    "ru_snils": Judged(
        "A Russian insurance number (SNILS)",
        "label",
        "СНИЛС|SNILS",
        formed=r"\d{3}-\d{3}-\d{3}[ -]\d{2}",
        formed_as="likely",
        check="ru-snils",
    ),
    "ru_oms": Judged(
        "A Russian health insurance policy number (OMS)",
        "label",
        "ОМС|полис|полис ОМС|номер полиса|polis OMS|полиса",
    ),
    "il_id": Judged(
        "An Israeli identity number (teudat zehut)",
        "label",
        "ת.ז|ת״ז|זהות|מספר זהות|תעודת זהות|Teudat Zehut|mispar zehut|Israeli ID",
        "TZ",
    ),
    "us_ssn": Judged(
        "A US social security number",
        "label",
        "SSN|Social Security|Social Security number|Social Security No|soc sec|S.S.N|social sec",
    ),
    "us_itin": Judged(
        "A US taxpayer number (ITIN)",
        "label",
        "ITIN|taxpayer identification|taxpayer ID",
        formed=r"9\d{2}-[5-9]\d-\d{4}",
        formed_as="likely",
    ),
    "us_mbi": Judged(
        "A US Medicare number (MBI)",
        "alone",
        "MBI|Medicare|Medicare number|Medicare No|Medicare ID|Medicare beneficiary|HICN",
        formed=r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-"
        r"[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-[AC-HJKMNP-RT-Y]{2}\d{2}",
        formed_as="alone",
    ),
    "us_npi": Judged(
        "A US provider number (NPI)", "label", "NPI|National Provider Identifier", check="us-npi"
    ),
    "ca_sin": Judged(
        "A Canadian social insurance number (SIN)",
        "label",
        "social insurance number|social insurance|S.I.N|SIN number|SIN no|assurance sociale|"
        "numéro d'assurance sociale",
        "SIN|NAS",
    ),
    "ca_on_ohip": Judged(
        "An Ontario health card number (OHIP)",
        "label",
        "OHIP|OHIP number|health card|health card number|HCN|health number|Ontario health",
        check="ca-ohip",
    ),
    "ca_bc_phn": Judged(
        "A British Columbian health number (PHN)",
        "label",
        "PHN|CareCard|personal health number|BC services card|care card",
    ),
    "ca_qc_ramq": Judged(
        "A Quebec health insurance number (RAMQ)",
        "likely",
        "RAMQ|assurance maladie|NAM|numéro d'assurance maladie|carte soleil",
        formed=r"[A-Z]{4} \d{4} \d{4}",
        formed_as="likely",
        check="day-inside-ramq",
    ),
    "br_cpf": Judged(
        "A Brazilian taxpayer number (CPF)",
        "element",
        "CPF|C.P.F|cadastro de pessoas físicas",
        formed=r"\d{3}\.\d{3}\.\d{3}-\d{2}",
        formed_as="alone",
    ),
    "br_cns": Judged(
        "A Brazilian health card number (CNS)",
        "label",
        "cartão SUS|cartao SUS|cartão nacional de saúde|carteira SUS|nº SUS|nº CNS|número CNS",
        "CNS|SUS",
        check="br-cns",
    ),
    "mx_curp": Judged(
        "A Mexican population register code (CURP)",
        "alone",
        "CURP",
        formed=r"[a-z][aeioux][a-z]{2}\d{6}[hmx][a-z]{2}[b-df-hj-np-tv-z]{3}[0-9a-z]\d",
        formed_as="alone",
    ),
    "mx_nss": Judged(
        "A Mexican social security number (NSS)",
        "label",
        "IMSS|NSS IMSS|número de seguridad social|número de seguro social|seguro social",
        "NSS",
    ),
    "ar_dni": Judged(
        "A South American identity number (DNI)",
        "label",
        "DNI|D.N.I|documento nacional de identidad|documento de identidad",
    ),
    "cl_rut": Judged(
        "A Chilean identity number (RUN, RUT)",
        "label",
        "RUT|R.U.T|rol único tributario|rol único nacional|RUN paciente|RUT paciente",
        "RUN|R.U.N",
        formed=r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]|\d{7,8}-[kK]",
        formed_as="likely",
    ),
    "ec_ci": Judged(
        "An Ecuadorian identity number (cédula)",
        "label",
        "cédula|cedula|cédula de identidad|cédula de ciudadanía|nº cédula|C.I",
        "CI",
    ),
    "pe_cui": Judged(
        "A South American identity number (DNI)",
        "label",
        "DNI|CUI|D.N.I|documento nacional de identidad",
    ),
    "au_medicare": Judged(
        "An Australian Medicare number",
        "label",
        "Medicare|Medicare number|Medicare No|Medicare card|Medicare card number",
        check="au-medicare",
    ),
    "au_ihi": Judged(
        "An Australian healthcare identifier (IHI)",
        "alone",
        "IHI|individual healthcare identifier",
        formed=r"8003 60\d{2} \d{4} \d{4}",
        formed_as="alone",
    ),
    "au_tfn": Judged(
        "An Australian tax file number (TFN)", "label", "TFN|tax file number|tax file"
    ),
    "nz_nhi": Judged(
        "A New Zealand health index number (NHI)",
        "label",
        "NHI|NHI number|NHI No|national health index",
        check="nz-nhi",
    ),
    "jp_in": Judged(
        "A Japanese individual number (My Number)",
        "label",
        "個人番号|マイナンバー|My Number|個人番号カード|mynumber",
    ),
    "kr_rrn": Judged(
        "A Korean resident registration number",
        "likely",
        "주민등록번호|주민번호|resident registration number|resident registration|jumin",
        "RRN",
        formed=r"\d{6}-\d{7}",
        formed_as="likely",
    ),
    "cn_ric": Judged(
        "A Chinese identity card number",
        "alone",
        "身份证|居民身份证|身份证号|身份证号码|身份證|公民身份号码|居民身份证号码|证件号码",
    ),
    "hk_hkid": Judged(
        "A Hong Kong identity card number (HKID)",
        "label",
        "HKID|HKIC|身份證|香港身份證|身份證號碼|HKID No|Hong Kong ID",
        formed=r"[A-Z]{1,2}\d{6}\([0-9A]\)",
        formed_as="alone",
        check="hk-hkid",
    ),
    "tw_id": Judged(
        "A Taiwanese identity number",
        "label",
        "身分證|身分證字號|國民身分證|統一編號|Taiwan ID",
        "ID No|ID number",
        check="tw-id",
    ),
    "sg_nric": Judged(
        "A Singaporean identity number (NRIC, FIN)",
        "likely",
        "NRIC|NRIC No|NRIC/FIN|FIN No|FIN number",
        "FIN",
        check="sg-nric",
    ),
    "my_nric": Judged(
        "A Malaysian identity card number (MyKad)",
        "label",
        "NRIC|MyKad|IC No|IC number|no. kad pengenalan|kad pengenalan|MyKad No",
        formed=r"\d{6}-\d{2}-\d{4}",
        formed_as="likely",
    ),
    "th_pin": Judged(
        "A Thai citizen number",
        "label",
        "เลขประจำตัวประชาชน|บัตรประชาชน|เลขบัตรประชาชน|Thai ID|citizen ID|Thai national ID",
        formed=r"[1-8]-\d{4}-\d{5}-\d{2}-\d",
        formed_as="alone",
    ),
    "id_nik": Judged(
        "An Indonesian identity number (NIK)", "label", "NIK|KTP|No KTP|nomor induk kependudukan"
    ),
    "in_aadhaar": Judged(
        "An Indian identity number (Aadhaar)",
        "label",
        "Aadhaar|Aadhar|Adhaar|UIDAI|आधार|Aadhaar No|Aadhaar number|आधार संख्या",
    ),
    "in_pan": Judged(
        "An Indian tax number (PAN)",
        "label",
        "PAN No|PAN number|PAN card|permanent account number",
        "PAN",
    ),
    "in_abha": Judged(
        "An Indian health account number (ABHA)",
        "label",
        "ABHA|ABHA No|ABHA number|ABHA ID|Ayushman Bharat",
    ),
    "pk_cnic": Judged(
        "A Pakistani identity card number (CNIC)",
        "label",
        "CNIC|CNIC No|NIC No|شناختی کارڈ",
        formed=r"\d{5}-\d{7}-\d",
        formed_as="likely",
    ),
    "za_id": Judged(
        "A South African identity number",
        "alone",
        "South African ID|SA ID|RSA ID|SA identity number|ID-nommer|identiteitsnommer",
        "ID number|ID No|identity number|Identity Number|ID Number|id_number|ID",
        formed=r"\d{6} \d{4} \d{3}",
        formed_as="alone",
    ),
    "mrz": Judged(
        "The machine-readable line of a travel document", "alone", "MRZ", check="travel-document"
    ),
    "iban": Judged(
        "A bank account number (IBAN)",
        "alone",
        "IBAN",
        formed=r"[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?",
        formed_as="alone",
    ),
}
"""By the key of the source; those of its rows that are missing here are rules of their own."""

ELSEWHERE = frozenset({"email", "phone", "ipv4", "mac", "us_mrn"})
"""Rows for which there are pattern rules."""
