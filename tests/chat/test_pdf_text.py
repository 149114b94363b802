# SPDX-License-Identifier: MIT
"""Text of real PDF files, and what is said of those that have none or do harm."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter, apply_configuration
from pypdf.generic import NameObject, StreamObject

from chatglm_desktop.chat import pdf_text as module
from chatglm_desktop.chat.pdf_text import pdf_text
from chatglm_desktop.chat.reading import GivenUp, Reading
from chatglm_desktop.core.attachments import MOST_PDF_SECONDS, Refused
from tests.helpers.pdf_files import add_page, pdf, written


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        pdf_text(data, Reading())
    return caught.value.refusal


def test_the_text_of_each_page_stands_under_its_number() -> None:
    data = pdf("Hello PDF", "", "The end")
    assert pdf_text(data, Reading()) == "[Page 1]\nHello PDF\n\n[Page 2]\n\n[Page 3]\nThe end"


def test_progress_is_told_page_by_page() -> None:
    shares: list[float] = []
    pdf_text(pdf("a", "b", "c", "d"), Reading(shares.append))
    assert shares == [0.25, 0.5, 0.75, 1.0]


def test_a_file_that_only_forbids_printing_is_read() -> None:
    assert pdf_text(pdf("Open", password=""), Reading()) == "[Page 1]\nOpen"


def test_what_cannot_be_read_is_told_apart() -> None:
    assert refusal(pdf("Secret", password="word")) == "locked pdf"
    assert refusal(pdf("", "")) == "scanned pdf"
    assert refusal(b"%PDF-1.7\nnothing of the kind") == "broken pdf"
    assert refusal(b"") == "broken pdf"
    assert refusal(written(PdfWriter())) == "broken pdf"


def test_an_unknown_encryption_is_a_lock() -> None:
    writer = PdfWriter()
    add_page(writer, b"")
    writer.encrypt("", "owner", algorithm="AES-256")
    assert refusal(written(writer).replace(b"/V 5", b"/V 9")) == "locked pdf"


def test_a_damaged_page_does_not_cost_the_others() -> None:
    writer = PdfWriter()
    add_page(writer, b"BT /F1 12 Tf 20 200 Td (Whole) Tj ET")
    add_page(writer, b"q Q")
    contents = writer.pages[1]["/Contents"]
    assert isinstance(contents, StreamObject)
    contents[NameObject("/Filter")] = NameObject("/Nonsense")
    text = pdf_text(written(writer), Reading())
    assert text == "[Page 1]\nWhole\n\n[Page 2]\n(damaged)"


def test_a_page_that_draws_without_end_is_given_up() -> None:
    writer = PdfWriter()
    add_page(writer, b"q Q " * 1_000)
    with apply_configuration(stream_parsing_work_maximum_count=100):
        assert refusal(written(writer)) == "broken pdf"


def test_limits_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PDF_PAGES", 2)
    assert refusal(pdf("a", "b", "c")) == "long pdf"
    monkeypatch.setattr(module, "MOST_PDF_CHARACTERS", 9)
    assert refusal(pdf("12345", "67890")) == "large pdf"


def test_time_runs_out_in_the_middle_of_a_page() -> None:
    ticks = itertools.count(0.0, MOST_PDF_SECONDS / 4)
    with pytest.raises(Refused, match="slow pdf"):
        pdf_text(pdf("a"), Reading(), lambda: next(ticks))


def test_nobody_has_to_wait_for_a_file_that_was_taken_out() -> None:
    reading = Reading(lambda share: reading.stop())
    with pytest.raises(GivenUp):
        pdf_text(pdf("a", "b"), reading)


WHOLE = pdf("Some text", "More text")


@settings(max_examples=60)
@given(
    at=st.integers(0, len(WHOLE) - 1),
    instead=st.binary(min_size=1, max_size=12),
    cut=st.integers(0, len(WHOLE)),
)
def test_no_damage_gets_through(at: int, instead: bytes, cut: int) -> None:
    damaged = (WHOLE[:at] + instead + WHOLE[at + len(instead) :])[: max(cut, at)]
    try:
        text = pdf_text(damaged, Reading())
    except Refused:
        return
    assert text.startswith("[Page 1]")
    text.encode()
