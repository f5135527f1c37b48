"""Requests for time stamps are what OpenSSL reads."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from vestige.custody import timestamp


@pytest.mark.parametrize("nonce", [1, 127, 128, 255, 256, (1 << 64) - 1, 1 << 63])
def test_openssl_reads_the_request(tmp_path: Path, nonce: int) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    digest = hashlib.sha256(b"x").digest()
    (tmp_path / "r.tsq").write_bytes(timestamp.request(digest, nonce))
    command = ["openssl", "ts", "-query", "-in", str(tmp_path / "r.tsq"), "-text"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Hash Algorithm: sha256" in said
    told = re.search(r"Nonce: 0x([0-9A-F]+)", said)
    assert told is not None
    assert int(told.group(1), 16) == nonce
    assert "Certificate required: yes" in said
    shown = "".join(
        line.split(" - ")[1].split("   ")[0].replace("-", " ")
        for line in said.splitlines()
        if " - " in line
    )
    assert bytes.fromhex(shown.replace(" ", "")) == digest
