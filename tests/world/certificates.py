"""The world's own certificate authority, and the broken certificates that bad-input hosts show."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Lock
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Fault = Literal["expired", "foreign-ca", "wrong-name"]

_DAY = timedelta(days=1)


class Authority:
    """One certificate authority made at start, and a TLS context per host made when it is first asked for.

    Only the leaf is sent, as many servers do: whoever trusts `ca_file` can build the chain.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._root = _root_certificate(self._key, "World test authority")
        # All leaves share one key: making a key costs more than signing, and nobody here needs secrecy.
        self._leaf_key = ec.generate_private_key(ec.SECP256R1())
        self._contexts: dict[tuple[str, Fault | None], ssl.SSLContext] = {}
        self._lock = Lock()
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(self._root.public_bytes(serialization.Encoding.PEM))

    def context(self, host: str, fault: Fault | None = None) -> ssl.SSLContext:
        """The TLS context to show for a host; the same one each time."""
        with self._lock:
            key = (host, fault)
            if key not in self._contexts:
                self._contexts[key] = self._make(host, fault)
            return self._contexts[key]

    def _make(self, host: str, fault: Fault | None) -> ssl.SSLContext:
        signer, root = self._key, self._root
        if fault == "foreign-ca":
            signer = ec.generate_private_key(ec.SECP256R1())
            root = _root_certificate(signer, "Authority that nobody trusts")
        named = "other.example.org" if fault == "wrong-name" else host
        end = datetime.now(UTC) + (-_DAY if fault == "expired" else 90 * _DAY)
        leaf = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, named[:64])]))
            .issuer_name(root.subject)
            .public_key(self._leaf_key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - 200 * _DAY)
            .not_valid_after(end)
            .add_extension(x509.SubjectAlternativeName([_san(named)]), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
            .sign(signer, hashes.SHA256())
        )
        pem = self._folder / f"{host}-{fault or 'good'}.pem"
        pem.write_bytes(
            self._leaf_key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + leaf.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        context.set_alpn_protocols(["http/1.1"])
        return context


def _san(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _root_certificate(key: ec.EllipticCurvePrivateKey, name: str) -> x509.Certificate:
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 365 * _DAY)
        .not_valid_after(now + 365 * _DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
