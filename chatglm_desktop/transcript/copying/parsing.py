# SPDX-License-Identifier: MIT
"""Parses what an excerpt holds as text, in steps of a few milliseconds; knows no format."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from chatglm_desktop.transcript.copying.excerpt import Extract, Passage, Verbatim
from chatglm_desktop.transcript.slices import slice_end


def parsing(extract: Extract) -> Generator[str, None, Extract]:
    """Returns ``extract`` with all of its text as passages; yields "" while it parses."""
    text = extract.text or extract.rest
    if not text:
        return extract
    if extract.verbatim:
        return replace(extract, text="", passages=(Passage(Verbatim(text)),))
    # The Markdown library is imported when the first reply is shown, not at start.
    from chatglm_desktop.markdown.stream import BlockStream

    stream = BlockStream()
    while text:
        end = slice_end(text)
        stream.append(text[:end])
        text = text[end:]
        yield ""
    stream.finish()
    found = tuple(Passage(each.block) for each in stream.blocks)
    references = {**stream.references, **extract.references}
    return replace(
        extract, text="", rest="", passages=extract.passages + found, references=references
    )


def parsed(extract: Extract) -> Extract:
    """The same in one go."""
    steps = parsing(extract)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: Extract = done.value
            return found
