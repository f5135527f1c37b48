"""Ways to reach somebody: which addresses, links and numbers lead to a person, and which do not."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

_OFFICES = frozenset(
    "info contact support service help helpdesk sales admin administrator webmaster postmaster "
    "root noreply no-reply donotreply office mail hello feedback privacy security dicom pacs ris "
    "it edv licensing license bugs dev developers team press marketing customerservice "
    "orders".split()
)
"""Names of mailboxes that belong to an office."""

_AT = re.compile(r"[ _]?[\[(]at[\])][ _]?")

_PUBLIC = re.compile(
    r"(?i)(?:^|\.)(?:example\.(?:com|org|net|edu)|localhost|w3\.org|xmlsoap\.org|purl\.org|iso\.org|"
    r"nema\.org|dicomstandard\.org|dicom\.offis\.de|dcmtk\.org|hl7\.org|loinc\.org|snomed\.org|"
    r"ihe\.net|rsna\.org|iana\.org|ietf\.org|unicode\.org|gnu\.org|apache\.org|mozilla\.org|"
    r"github\.(?:com|io)|gitlab\.com|githubusercontent\.com|sourceforge\.net|python\.org|pypi\.org|"
    r"readthedocs\.(?:io|org)|readthedocs-hosted\.com|creativecommons\.org|doi\.org|orcid\.org|"
    r"openxmlformats\.org|schemas\.microsoft\.com|microsoft\.com|adobe\.com|aiim\.org|oracle\.com|"
    r"sun\.com|java\.com|google\.com|googleapis\.com|apple\.com|wikipedia\.org|"
    r"siemens(?:-healthineers)?\.(?:com|de)|healthcare\.siemens\.com|gehealthcare\.com|ge\.com|"
    r"philips\.(?:com|nl)|canon\.com|toshiba\.(?:com|co\.jp)|hitachi\.com|fujifilm\.com|agfa\.com|"
    r"varian\.com|elekta\.com|carestream\.com|konicaminolta\.com|hologic\.com|bruker\.com|"
    r"osirix-viewer\.com|merge\.com|mevis\.de|slicer\.org|itk\.org|vtk\.org|kitware\.com|fsl\.fmrib\.ox"
    r"\.ac\.uk|cancerimagingarchive\.net|openneuro\.org|bids\.neuroimaging\.io|nih\.gov|cancer\.gov)$"
)
"""Hosts of standards, makers, software and public archives: they lead to nobody."""

_TELLING = re.compile(
    r"(?i)(?:^|[?&;#/])(?:patient(?:s|[_-]?(?:id|name|no|number))?|pat(?:[_-]?(?:id|name))?|pid|"
    r"mrn|nhc|paciente|paziente|subject(?:[_-]?name)?|(?:sur|last|first|given|full|family|user)"
    r"[_-]?name|name|nombre|apellidos?|nachname|vorname|nom|prenom|cognome|dob|birth(?:[_-]?date)?|"
    r"geburtsdatum|ssn|dni|accession(?:[_-]?(?:no|number))?|user|usr|login|uid|email|e-mail|mail|"
    r"phone|tel|password|passwd|pwd|token)(?:[=/]|%3D)[^&;#/\s]{2,}"
)
"""Parameters, and folders, of a link that tell of somebody."""

_SAMPLES = tuple(
    map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"))
)
"""Networks of examples (RFC 5737, RFC 3849)."""

_NETMASK = re.compile(r"25[245]\.(?:\d{1,3}\.){2}\d{1,3}")
_FEWEST_GROUPS = 4

_CODES = re.compile(
    r"(?:1|7|2(?:0|7|[1-689]\d)|3(?:[0-469]|[578]\d)|4(?:[013-9]|2\d)|5(?:[1-8]|[09]\d)|"
    r"6(?:[0-6]|[789]\d)|8\d|9(?:[0-58]|[67]\d|9[2-68]))"
)
"""Country codes of telephone numbers (ITU-T E.164)."""

_SHORTEST, _LONGEST = 8, 15
_SHORTEST_NATIONAL = 6


def personal_mailbox(value: str) -> bool:
    """Whether an e-mail address is that of a person, as far as it shows."""
    return not office_mailbox(value)


def office_mailbox(value: str) -> bool:
    """Whether an e-mail address is that of an office, a maker or a sample."""
    name, _, host = _AT.sub("@", value.lower()).rpartition("@")
    return name != "" and (name in _OFFICES or _PUBLIC.search(host) is not None)


def telling_link(value: str) -> bool:
    """Whether a link holds who logs in, or a parameter that tells of somebody."""
    try:
        link = urlsplit(value)
        logs_in = bool(link.username)
    except ValueError:
        return False
    rest = f"{link.path}?{link.query}#{link.fragment}"
    return logs_in or _TELLING.search(rest) is not None


def site_link(value: str) -> bool:
    """Whether a link leads to a site of which not everybody has heard."""
    try:
        host = urlsplit(value).hostname or ""
    except ValueError:
        return False
    return "." in host and _PUBLIC.search(host) is None and not telling_link(value)


def host_address(value: str) -> bool:
    """Whether an IP address is that of a machine: no loopback, mask, group or example."""
    try:
        address = ip_address(value)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and not _is_long(value):
        return False
    nowhere = address.is_loopback or address.is_unspecified or address.is_multicast
    return not (nowhere or _is_mask(address) or any(address in net for net in _SAMPLES))


def _is_long(value: str) -> bool:
    return sum(1 for group in value.split(":") if group) >= _FEWEST_GROUPS


def _is_mask(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is a mask, a broadcast, or of the net 0."""
    written = str(address)
    return _NETMASK.fullmatch(written) is not None or written.startswith("0.")


def international_number(value: str) -> bool:
    """Whether a telephone number with + has a country's code and 8 to 15 digits (ITU-T E.164)."""
    digits = _digits(value)
    return _SHORTEST <= len(digits) <= _LONGEST and _CODES.match(digits) is not None


def labelled_number(value: str) -> bool:
    """Whether digits behind a word for telephones are some: 6 to 15, not all alike."""
    digits = _digits(value)
    return _SHORTEST_NATIONAL <= len(digits) <= _LONGEST and len(set(digits)) > 1


def hardware_address(value: str) -> bool:
    """Whether a MAC address is one of a device: not all nought, not to everybody."""
    return len(set(value.lower()) - set(":-")) > 1


def _digits(value: str) -> str:
    return "".join(c for c in value if c in "0123456789")
