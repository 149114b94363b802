# SPDX-License-Identifier: MIT
"""Whom encrypted connections trust: the system's authorities and a file of the user's."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from pathlib import Path

from chatglm_desktop.core.errors import CaFileUnusable

_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where systems keep them. A packaged Python looks where the system that packaged it does."""


def trusting(ca_file: str = "") -> ssl.SSLContext:
    """What a session needs to trust the system's authorities and those in ``ca_file``.

    Reads files: call it in a thread where a window must go on. Raises CaFileUnusable.
    """
    context = ssl.create_default_context()
    # As aiohttp does for its own: some servers want to be told.
    context.set_alpn_protocols(("http/1.1",))
    add_system(context, ssl.get_default_verify_paths(), _BUNDLES)
    if ca_file:
        _add(context, ca_file)
        # Authorities of companies often lack what strict rules, the default since 3.13, ask for.
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def add_system(
    context: ssl.SSLContext, paths: ssl.DefaultVerifyPaths, bundles: Iterable[str]
) -> None:
    """Trust the first of ``bundles`` that exists, if the usual ``paths`` lead nowhere."""
    if paths.cafile or paths.capath:
        return
    found = next((bundle for bundle in bundles if Path(bundle).is_file()), None)
    if found is not None:
        context.load_verify_locations(cafile=found)


def stamp_of(ca_file: str) -> tuple[int, int]:
    """What changes when the file does: its time and its size; zeros if there is none."""
    try:
        status = Path(ca_file).stat()
    except (OSError, ValueError):
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _add(context: ssl.SSLContext, ca_file: str) -> None:
    try:
        data = Path(ca_file).read_bytes()
        if b"-----BEGIN" in data:
            context.load_verify_locations(cafile=ca_file)
        else:
            # The binary form, which Windows exports.
            context.load_verify_locations(cadata=data)
    except (OSError, ValueError) as error:
        raise CaFileUnusable(details=f"{type(error).__name__}: {_reason(error)}") from error


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason or "no certificate"
    return getattr(error, "strerror", None) or "not a path"
