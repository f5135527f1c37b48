"""Numbers, sizes and times in the form of a language. ISO 8601 times and days stay as they are."""

from datetime import UTC, datetime, timedelta

from vestige.reports.language import Language, marked

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIZES = ("kB", "MB", "GB", "TB", "PB", "EB")
_STEP = 1000
_NEXT_SIZE_FROM = 999.95
_NANOSECONDS = 1_000_000_000
_UNKNOWN = marked("not known")

MONTHS = (
    *(marked("January"), marked("February"), marked("March"), marked("April"), marked("May")),
    *(marked("June"), marked("July"), marked("August"), marked("September"), marked("October")),
    *(marked("November"), marked("December")),
)


def number(language: Language, value: int) -> str:
    """The number with marks between thousands, as 12,345 or 12.345."""
    if abs(value) < language.grouped_from:
        return str(value)
    return f"{value:,}".replace(",", language.thousands)


def counted(language: Language, value: int, one: str, many: str = "") -> str:
    """The number with its noun, as 1 file or 12,345 files."""
    noun = language.ngettext(one, many or one + "s", value)
    return f"{number(language, value)} {noun}"


def size(language: Language, value: int) -> str:
    """Bytes in decimal units with one decimal at most, as 1.2 GB."""
    if value < _STEP:
        return counted(language, value, "byte", "bytes")
    amount, step = value / _STEP, 0
    while amount >= _NEXT_SIZE_FROM and step < len(_SIZES) - 1:
        amount, step = amount / _STEP, step + 1
    return f"{tenths(language, amount)} {_SIZES[step]}"


def tenths(language: Language, amount: float) -> str:
    """A number with one decimal, or none where it is zero."""
    whole, _, decimal = f"{amount:.1f}".partition(".")
    return number(language, int(whole)) + ("" if decimal == "0" else language.decimal + decimal)


def part(language: Language, value: int, whole: int) -> str:
    """How much of the whole it is, in per cent rounded down, so that 100 % means all of it."""
    if whole <= 0:
        return "0 %"
    thousandths = value * _STEP // whole
    if value > 0 and thousandths == 0:
        return language.gettext("less than {share} %").format(share=f"0{language.decimal}1")
    return f"{tenths(language, thousandths / 10)} %"


def percent(_language: Language, fraction: float) -> str:
    """A fraction of one in whole per cent, as 97 %."""
    return f"{fraction * 100:.0f} %"


def moment(language: Language, text: str) -> str:
    """An ISO 8601 time in UTC as 21 November 2026, 06:05 UTC; what is no such time as it is."""
    try:
        time = datetime.fromisoformat(text)
        time = time.astimezone(UTC) if time.tzinfo else time
    except (ValueError, OverflowError):
        return text or language.gettext(_UNKNOWN)
    return f"{_date(language, time)}, {time:%H:%M} UTC"


def day(language: Language, nanoseconds: int) -> str:
    """Nanoseconds since 1970 UTC as 3 March 2019; 0 and what no calendar holds is not known."""
    if nanoseconds == 0:
        return language.gettext(_UNKNOWN)
    try:
        time = _EPOCH + timedelta(seconds=nanoseconds // _NANOSECONDS)
    except OverflowError:
        return language.gettext(_UNKNOWN)
    return _date(language, time)


def _date(language: Language, time: datetime) -> str:
    month = language.gettext(MONTHS[time.month - 1])
    return language.gettext("{day} {month} {year}").format(
        day=time.day, month=month, year=time.year
    )
