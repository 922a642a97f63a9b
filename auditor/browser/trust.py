"""Give a browser one more certificate authority, without touching the user's own trust.

Chromium on Linux reads extra authorities from the NSS database in $HOME/.pki/nssdb, so the browser gets a home of its
own with such a database. Written through libnss3 itself (a library Chromium depends on), as `certutil` need not be
installed. Run as `python -m auditor.browser.trust DATABASE CA.PEM`: a process of its own, because NSS keeps global state.

Why not --ignore-certificate-errors-spki-list: it looks at the certificates the server sends, and a server that sends its
leaf only would be refused; the general --ignore-certificate-errors would hide the sites' own faults.
"""

from __future__ import annotations

import ctypes
import ssl
import subprocess
import sys
from pathlib import Path

TRUSTED_FOR_SERVERS = b"C,,"
NO_OBJECT = 0  # CK_INVALID_HANDLE


class TrustError(Exception):
    """The authority cannot be given to the browser: expected, found, what to do."""


class _Item(ctypes.Structure):
    _fields_ = (("type", ctypes.c_uint), ("data", ctypes.c_char_p), ("len", ctypes.c_uint))


class _Trust(ctypes.Structure):
    _fields_ = (("ssl", ctypes.c_uint), ("email", ctypes.c_uint), ("signing", ctypes.c_uint))


def trust_authority(home: Path, ca_file: Path) -> None:
    """Make the browser that runs with HOME=`home` trust the authorities in a PEM file.

    Raises TrustError when the file holds no certificate or the database cannot be written.
    """
    read_certificates(ca_file)
    database = home / ".pki" / "nssdb"
    database.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = [sys.executable, "-m", "auditor.browser.trust", str(database), str(ca_file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise TrustError(f"cannot make the browser trust {ca_file}: {reason[0]}; run `apt-get install libnss3`")


def read_certificates(ca_file: Path) -> list[bytes]:
    """The DER certificates in a PEM file, at least one. Raises TrustError."""
    mark = "-----BEGIN CERTIFICATE-----"
    try:
        pieces = ca_file.read_text(encoding="ascii", errors="replace").split(mark)[1:]
        found = [
            ssl.PEM_cert_to_DER_cert(mark + piece.partition("-----END")[0] + "-----END CERTIFICATE-----")
            for piece in pieces
        ]
    except (OSError, ValueError) as error:
        raise TrustError(
            f"expected a PEM certificate file, found {error} at {ca_file}; check the path given"
        ) from error
    if not found:
        raise TrustError(
            f"expected a PEM certificate in {ca_file}, found none; give a file with BEGIN CERTIFICATE in it"
        )
    return found


def write_database(database: Path, certificates: list[bytes]) -> None:
    """Create the NSS database with these authorities trusted for servers. Raises TrustError."""
    try:
        nss = ctypes.CDLL("libnss3.so")
    except OSError as error:
        raise TrustError(f"libnss3.so is not there: {error}") from error
    for name in ("PK11_GetInternalKeySlot", "CERT_NewTempCertificate", "CERT_GetDefaultCertDB"):
        getattr(nss, name).restype = ctypes.c_void_p
    _must(nss.NSS_Initialize(f"sql:{database}".encode(), b"", b"", b"secmod.db", 0), "open the database")
    slot = ctypes.c_void_p(nss.PK11_GetInternalKeySlot())
    if nss.PK11_NeedUserInit(slot):
        _must(nss.PK11_InitPin(slot, None, b""), "give the database its empty password")
    for number, der in enumerate(certificates):
        _add(nss, slot, der, f"auditor authority {number}")


def _add(nss: ctypes.CDLL, slot: ctypes.c_void_p, der: bytes, name: str) -> None:
    store = ctypes.c_void_p(nss.CERT_GetDefaultCertDB())
    item = _Item(0, der, len(der))
    certificate = ctypes.c_void_p(nss.CERT_NewTempCertificate(store, ctypes.byref(item), None, 0, 1))
    if not certificate:
        raise TrustError("a certificate in the file cannot be read")
    _must(nss.PK11_ImportCert(slot, certificate, ctypes.c_ulong(NO_OBJECT), name.encode(), 0), "add the authority")
    trust = _Trust()
    _must(nss.CERT_DecodeTrustString(ctypes.byref(trust), TRUSTED_FOR_SERVERS), "read the trust flags")
    _must(nss.CERT_ChangeCertTrust(store, certificate, ctypes.byref(trust)), "trust the authority")


def _must(status: int, what: str) -> None:
    if status != 0:
        raise TrustError(f"NSS could not {what}")


if __name__ == "__main__":
    try:
        write_database(Path(sys.argv[1]), read_certificates(Path(sys.argv[2])))
    except TrustError as error:
        sys.exit(str(error))
