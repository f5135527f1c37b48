"""Signatures: what openssl makes holds here, what is made here holds for openssl."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from vestige import signature
from vestige.model import UsageError

KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def private(key: ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey, password: bytes = b"") -> bytes:
    locked = serialization.BestAvailableEncryption(password) if password else None
    how = locked or serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(pem, pkcs8, how)


def public(key: ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey) -> bytes:
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, spki)


def test_a_signature_is_of_these_bytes_by_this_key() -> None:
    signed = signature.sign(b"cleared", private(KEY))
    assert len(signed) == signature.SIZE
    assert signature.holds(b"cleared", signed, public(KEY))
    assert not signature.holds(b"cleared.", signed, public(KEY))
    assert not signature.holds(b"cleared", signed[:-1], public(KEY))
    other = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert not signature.holds(b"cleared", signed, public(other))


def test_openssl_agrees(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    run = ["openssl", "genpkey", "-algorithm", "ed25519", "-out", "key.pem"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
    run = ["openssl", "pkey", "-in", "key.pem", "-pubout", "-out", "pub.pem"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
    signed = signature.sign(b"cleared", (tmp_path / "key.pem").read_bytes())
    assert signature.holds(b"cleared", signed, (tmp_path / "pub.pem").read_bytes())
    (tmp_path / "data").write_bytes(b"cleared")
    (tmp_path / "sig").write_bytes(signed)
    run = [*"openssl pkeyutl -verify -pubin -inkey pub.pem -rawin -in data -sigfile sig".split()]
    assert subprocess.run(run, cwd=tmp_path, check=False, capture_output=True).returncode == 0


def test_keys_of_other_kinds_are_refused_and_never_quoted() -> None:
    of_rsa = rsa.generate_private_key(65537, 2048)
    for pem in (b"", b"secret nonsense", private(of_rsa), private(KEY, b"word"), public(KEY)):
        with pytest.raises(UsageError) as told:
            signature.sign(b"x", pem)
        assert "secret" not in str(told.value)
        assert "openssl genpkey" in str(told.value)
    for pem in (b"", b"secret nonsense", public(of_rsa), private(KEY)):
        with pytest.raises(UsageError) as told:
            signature.holds(b"x", bytes(64), pem)
        assert "secret" not in str(told.value)
