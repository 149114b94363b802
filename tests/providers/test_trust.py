# SPDX-License-Identifier: MIT
from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from chatglm_desktop.core.errors import CaFileUnusable
from chatglm_desktop.providers.trust import add_system, stamp_of, trusting
from tests.helpers.authority import Authority

NOWHERE = ssl.DefaultVerifyPaths(None, None, "", "", "", "")  # type: ignore[arg-type]


def names_of(context: ssl.SSLContext) -> set[str]:
    """The names of the authorities that ``context`` has loaded."""
    found: list[Any] = [*context.get_ca_certs()]
    return {value for entry in found for ((_, value), *_) in entry["subject"]}


def test_a_file_is_trusted_beside_the_system(authority: Authority) -> None:
    plain = trusting()
    assert plain.verify_mode == ssl.CERT_REQUIRED
    assert plain.check_hostname
    assert "A test authority" not in names_of(plain)
    own = trusting(str(authority.ca_file))
    assert names_of(own) == names_of(plain) | {"A test authority"}
    assert own.verify_mode == ssl.CERT_REQUIRED
    assert not own.verify_flags & ssl.VERIFY_X509_STRICT


def test_the_binary_form_is_read_too(authority: Authority) -> None:
    assert "A test authority" in names_of(trusting(str(authority.binary_ca_file)))


@pytest.mark.parametrize("data", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nx\n"])
def test_a_file_that_holds_no_certificate(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "ca.pem"
    file.write_bytes(data)
    with pytest.raises(CaFileUnusable) as caught:
        trusting(str(file))
    assert caught.value.details
    assert not caught.value.retryable


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CaFileUnusable) as missing:
        trusting(str(tmp_path / "none.pem"))
    assert missing.value.details == "FileNotFoundError: No such file or directory"
    with pytest.raises(CaFileUnusable):
        trusting(str(tmp_path))
    with pytest.raises(CaFileUnusable) as odd:
        trusting("\0")
    assert odd.value.details == "ValueError: not a path"


def test_a_packaged_python_looks_where_systems_keep_authorities(authority: Authority) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    add_system(context, NOWHERE, ["/nonexistent/ca.crt", str(authority.ca_file)])
    assert names_of(context) == {"A test authority"}


def test_where_the_usual_place_exists_no_other_is_read(authority: Authority) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for usual in (NOWHERE._replace(cafile="/x"), NOWHERE._replace(capath="/x")):
        add_system(context, usual, [str(authority.ca_file)])
    add_system(context, NOWHERE, [])
    assert names_of(context) == set()


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    assert stamp_of(str(file)) == stamp_of("\0") == (0, 0)
    file.write_bytes(b"1")
    first = stamp_of(str(file))
    file.write_bytes(b"12")
    assert first != stamp_of(str(file)) != (0, 0)
