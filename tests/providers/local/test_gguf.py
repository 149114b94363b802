# SPDX-License-Identifier: MIT
"""Headers of model files are read as they are, and hostile ones are refused in time."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.errors import (
    EngineFailed,
    ModelFileIncomplete,
    ModelFileVersion,
    NotAModelFile,
)
from chatglm_desktop.providers.local import gguf
from chatglm_desktop.providers.local.gguf import GgufHeader, read_header
from chatglm_desktop.providers.local.weights import size_of
from tests.helpers.gguf_files import GLM_EDGE, Tensor, Value, header, model, text


def read(data: bytes) -> GgufHeader:
    return read_header(io.BytesIO(data), len(data))


def problem(data: bytes) -> str:
    with pytest.raises(ModelFileIncomplete) as caught:
        read(data)
    return caught.value.details.partition(" (")[0]


def test_a_model_says_who_it_is() -> None:
    assert read(model(GLM_EDGE)) == GgufHeader(
        name="GLM Edge 1.5b Chat",
        architecture="chatglm",
        size_label="1.5B",
        context=8192,
        chat_template=True,
    )


def test_what_a_model_does_not_say_stays_open() -> None:
    assert read(model({})) == GgufHeader()


def test_a_value_of_another_type_counts_as_absent() -> None:
    odd: dict[str, Value] = {
        "general.architecture": "glm4",
        "general.name": 7,
        "general.size_label": ["9B"],
        "general.alignment": "wide",
        "glm4.context_length": "long",
        "split.count": 0,
    }
    assert read(model(odd)) == GgufHeader(architecture="glm4")


def test_a_name_is_one_short_line() -> None:
    found = read(model({"general.name": "GLM\n\x1b[31m 4 \u202e" + "x" * 5000}))
    assert found.name.startswith("GLM [31m 4 xxx")
    assert len(found.name) == 200


def test_a_part_of_a_split_model_tells_which() -> None:
    found = read(model({"split.no": 1, "split.count": 3}, tensors=()))
    assert (found.part, found.parts) == (1, 3)


@pytest.mark.parametrize("data", [b"", b"GGU", b"PK\x03\x04" + bytes(100), b"ggml" + bytes(100)])
def test_another_kind_of_file_is_no_model(data: bytes) -> None:
    with pytest.raises(NotAModelFile):
        read(data)


@pytest.mark.parametrize("version", [0, 1, 4, 0x03000000])
def test_another_version_is_named(version: int) -> None:
    with pytest.raises(ModelFileVersion) as caught:
        read(header(GLM_EDGE, version=version))
    assert caught.value.details == f"GGUF version {version}"


def test_the_version_before_is_read() -> None:
    data = model(GLM_EDGE)
    assert read(data[:4] + struct.pack("<I", 2) + data[8:]) == read(data)


@pytest.mark.parametrize(
    "pairs",
    [
        {"general.type": "adapter", "general.architecture": "chatglm"},
        {"general.type": "mmproj", "general.architecture": "clip"},
        {"general.architecture": "clip"},
    ],
)
def test_what_goes_with_a_model_is_none(pairs: dict[str, Value]) -> None:
    with pytest.raises(NotAModelFile):
        read(model(pairs))


def test_a_vocabulary_alone_is_no_model() -> None:
    with pytest.raises(NotAModelFile) as caught:
        read(model(GLM_EDGE, tensors=()))
    assert caught.value.details == "it holds no weights"


def test_a_download_that_broke_off_is_noticed_to_the_byte() -> None:
    data = model(GLM_EDGE)
    assert read(data)
    assert problem(data[:-1]) == "1 bytes are missing at its end"


def test_the_last_tensor_need_not_come_last() -> None:
    tensors = (Tensor(offset=512, kind=8), Tensor(offset=0))
    assert read(model({}, tensors, weights=512 + size_of(8, 128)))
    assert problem(model({}, tensors, weights=512)) == "136 bytes are missing at its end"


def test_of_an_unknown_type_only_the_place_is_checked() -> None:
    tensors = (Tensor(kind=999, offset=4096),)
    assert read(model({}, tensors, weights=4096))
    assert problem(model({}, tensors, weights=4095)) == "1 bytes are missing at its end"


def test_another_alignment_moves_the_weights() -> None:
    data = header({"general.alignment": 4096})
    assert read(data + bytes(-len(data) % 4096 + 512))
    assert problem(data + bytes(-len(data) % 32 + 512)).endswith("bytes are missing at its end")


def after_start(pairs: int, rest: bytes, tensors: int = 1) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, pairs) + rest


HUGE = (1 << 64) - 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (after_start(HUGE, b""), "too many entries"),
        (after_start(0, b"", HUGE), "too many entries"),
        (after_start(1, struct.pack("<Q", HUGE)), "a key is too long"),
        (after_start(1, struct.pack("<Q", 9) + b"gen"), "the file ends in its header"),
        (after_start(1, text("k") + struct.pack("<I", 77)), "a value of an unknown type"),
        (after_start(1, text("k") + struct.pack("<IQ", 8, HUGE)), "the file ends in its header"),
        (
            after_start(1, text("k") + struct.pack("<IIQ", 9, 10, HUGE)),
            "the file ends in its header",
        ),
        (after_start(1, text("k") + struct.pack("<IIQ", 9, 8, HUGE)), "an array is too long"),
        (after_start(1, text("k") + struct.pack("<IIQ", 9, 9, 1)), "a value of an unknown type"),
        (after_start(0, text("w") + struct.pack("<I", 5)), "a tensor has too many dimensions"),
        (after_start(0, text("w") + struct.pack("<IQ", 1, HUGE)), "the file ends in its header"),
    ],
)
def test_impossible_lengths_are_refused_at_once(data: bytes, expected: str) -> None:
    assert problem(data) == expected


def test_a_file_that_shrinks_meanwhile_is_noticed() -> None:
    data = model(GLM_EDGE)
    with pytest.raises(ModelFileIncomplete) as caught:
        read_header(io.BytesIO(data[:100]), len(data))
    assert caught.value.details.startswith("the file has become shorter")


def test_an_endless_list_of_words_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gguf, "MOST_STRINGS", 2)
    assert problem(model(GLM_EDGE)) == "an array is too long"


@given(st.integers(0, 700))
def test_every_cut_of_a_model_is_incomplete_or_none(length: int) -> None:
    data = model(GLM_EDGE)[:length]
    with pytest.raises((ModelFileIncomplete, NotAModelFile)):
        read(data)


@given(st.data())
def test_flipped_bytes_end_in_a_header_or_a_known_error(data: st.DataObject) -> None:
    broken = bytearray(model(GLM_EDGE))
    places = st.integers(0, len(broken) - 513)
    for place in data.draw(st.lists(places, min_size=1, max_size=8)):
        broken[place] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(broken))
    except EngineFailed:
        return
    assert found.parts >= 1
    assert found.context >= 0


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_known_error(data: bytes) -> None:
    try:
        read(b"GGUF\x03\0\0\0" + data)
    except EngineFailed:
        return


names = st.text(st.characters(codec="utf-8"), max_size=50)


@given(names, st.integers(0, 1 << 31), names, st.booleans())
def test_what_is_written_is_read(name: str, context: int, label: str, template: bool) -> None:
    pairs: dict[str, Value] = {"general.architecture": "glm", "general.name": name}
    pairs |= {"glm.context_length": context, "general.size_label": label}
    if template:
        pairs["tokenizer.chat_template"] = "{{ messages }}"
    found = read(model(pairs))
    assert (found.context, found.chat_template) == (context, template)
    assert found.name.isprintable()
    assert name.split() != [name] or not name.isprintable() or found.name == name
