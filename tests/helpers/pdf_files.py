# SPDX-License-Identifier: MIT
"""PDF files for tests, made by hand: pages with text, a scan, locked ones, broken ones."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject


def pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF with a line of text on each page; "" makes a page without any."""
    writer = PdfWriter()
    for text in pages:
        drawing = f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET" if text else "0 0 10 10 re f"
        add_page(writer, drawing.encode("latin-1"))
    if password is not None:
        writer.encrypt(password, "owner", algorithm="AES-256")
    return written(writer)


def add_page(writer: PdfWriter, drawing: bytes) -> None:
    """A page that draws what ``drawing`` says; its font F1 is Helvetica."""
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page = writer.add_blank_page(300, 300)
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = StreamObject()
    stream.set_data(drawing)
    page[NameObject("/Contents")] = writer._add_object(stream)


def written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
