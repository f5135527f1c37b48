"""Three pictures of the demo's report for the documents: laptop, phone and print.

`python docs/screenshots.py` plants the demo in a temporary folder, scans it, and writes
docs/report.png, docs/report-phone.png and docs/report-print.png. It needs `vestige[test]`, Chromium
and, for print, pdftoppm and pdftotext (poppler-utils).
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from vestige.run import demo
from vestige.run.plan import Request, plan
from vestige.run.reported import reported
from vestige.run.scan import scan

DOCS = Path(__file__).parent
LARGEST = 250_000
"""Bytes of a picture: they lie in the repository."""

_LAPTOP, _PHONE = (1366, 768), (390, 1180)
_DPI = 70
_HEADING, _PAGES = "Oldest file written", 20


def main() -> None:
    """Make the pictures, and say how large they are."""
    with tempfile.TemporaryDirectory() as folder:
        report = _report(Path(folder))
        with sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("chromium-browser")
            arguments = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=path, args=arguments)
            _shot(browser, report, _LAPTOP, DOCS / "report.png")
            _shot(browser, report, _PHONE, DOCS / "report-phone.png")
            _print(browser, report, Path(folder))
            browser.close()
    for name in ("report.png", "report-phone.png", "report-print.png"):
        size = (DOCS / name).stat().st_size
        sys.stdout.write(f"{name}: {size:,} bytes\n")
        if size > LARGEST:
            sys.exit(f"{name} is larger than {LARGEST:,} bytes")


def _report(folder: Path) -> Path:
    volume = demo.plant(folder)
    request = Request(roots=(volume,), out=folder / "scan", key=demo.key(folder), jobs=1)
    planned = plan(request)
    reported(planned, scan(planned, lambda _progress: None))
    return planned.out / "report.html"


def _shot(browser: Browser, report: Path, size: tuple[int, int], to: Path) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(report.as_uri())
    page.screenshot(path=to)
    page.close()


def _print(browser: Browser, report: Path, folder: Path) -> None:
    """The page on A4 on which the first phantom directory stands."""
    page = browser.new_page()
    page.goto(report.as_uri())
    file, made = folder / "report.pdf", folder / "page"
    page.pdf(path=file, prefer_css_page_size=True)
    page.close()
    number = next(n for n in range(1, _PAGES) if _HEADING in _text(file, n))
    command = ["pdftoppm", "-r", str(_DPI), "-f", str(number), "-singlefile", "-png"]
    subprocess.run([*command, file, made], check=True)  # noqa: S603 - of our own making
    shutil.copy(made.with_suffix(".png"), DOCS / "report-print.png")


def _text(file: Path, number: int) -> str:
    command = ["pdftotext", "-f", str(number), "-l", str(number), str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


if __name__ == "__main__":
    main()
