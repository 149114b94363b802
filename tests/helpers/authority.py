# SPDX-License-Identifier: MIT
"""An authority of its own, made afresh by the openssl command, and servers that it vouches for."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

NAMES = ("localhost", "api.example.org", "proxy.example.org")

_SUBJECT = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[authority]
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
keyUsage = critical, keyCertSign
[server]
basicConstraints = CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = IP:127.0.0.1, {names}
"""


def is_available() -> bool:
    return shutil.which("openssl") is not None


class Authority:
    """Its own certificate lies at ``ca_file``, for a day; nobody but the tests trusts it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ca_file = folder / "authority.pem"
        self.binary_ca_file = folder / "authority.cer"
        self._write("authority.conf", "A test authority")
        self._write("server.conf", "A test server")
        for name in ("authority", "server"):
            self._run("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", f"{name}.key")
        self._run(
            *("req", "-x509", "-new", "-key", "authority.key", "-days", "1"),
            *("-config", "authority.conf", "-extensions", "authority", "-out", "authority.pem"),
        )
        self._run("x509", "-in", "authority.pem", "-outform", "DER", "-out", "authority.cer")
        self._run(*("req", "-new", "-key", "server.key", "-config", "server.conf"), "-out", "s.csr")
        self._run(
            *("x509", "-req", "-in", "s.csr", "-days", "1", "-CAcreateserial", "-out", "s.pem"),
            *("-CA", "authority.pem", "-CAkey", "authority.key"),
            *("-extfile", "server.conf", "-extensions", "server"),
        )

    def server_context(self) -> ssl.SSLContext:
        """What a server with a certificate for all :data:`NAMES` and 127.0.0.1 needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / "s.pem", self._folder / "server.key")
        return context

    def _write(self, file: str, name: str) -> None:
        names = ", ".join(f"DNS:{known}" for known in NAMES)
        text = _SUBJECT.format(name=name, names=names)
        (self._folder / file).write_text(text, encoding="ascii")

    def _run(self, *arguments: str) -> None:
        command = ["openssl", *arguments]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True)
