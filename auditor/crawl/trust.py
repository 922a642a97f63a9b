"""One more certificate authority for the plain fetches, beside the system's own."""

from __future__ import annotations

import os
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def trusted(ca_file: Path | None) -> Iterator[None]:
    """Add a certificate authority to what plain fetches trust, while the block runs.

    OpenSSL reads SSL_CERT_FILE; it replaces the system's file, so the system's is put in front of the given one.
    """
    if ca_file is None:
        yield
        return
    system = ssl.get_default_verify_paths().cafile
    before = os.environ.get("SSL_CERT_FILE")
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as bundle:
        for path in (before or system, ca_file):
            if path:
                bundle.write(Path(path).read_text(encoding="utf-8", errors="replace") + "\n")
        bundle.flush()
        os.environ["SSL_CERT_FILE"] = bundle.name
        try:
            yield
        finally:
            if before is None:
                del os.environ["SSL_CERT_FILE"]
            else:
                os.environ["SSL_CERT_FILE"] = before
