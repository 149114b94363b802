# SPDX-License-Identifier: MIT
"""Calls into a library with Enchant's functions, built for the test."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest

from chatglm_desktop.gui.spelling.enchant import Enchant

COMPILER = shutil.which("cc")
SOURCE = Path(__file__).with_name("stand_in.c")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    if COMPILER is None:
        pytest.skip("needs a C compiler")
    built = tmp_path_factory.mktemp("enchant") / "stand_in.so"
    command = [COMPILER, "-shared", "-fPIC", "-w", "-o", str(built), str(SOURCE)]
    subprocess.run(command, check=True)
    return str(built)


def test_words_are_known_suggested_and_learnt(library: str) -> None:
    speller = Enchant.open(["de_DE", "en_US"], library)
    assert speller is not None
    assert speller.knows("hello")
    assert speller.knows("don’t")
    assert not speller.knows("helo")
    assert speller.suggest("helo") == ("hello", "hélas")
    assert speller.suggest("xyz") == ()
    speller.add("GLM")
    assert speller.knows("GLM")
    speller.close()
    assert ctypes.CDLL(library).dictionaries_in_use() == 0


def test_without_a_dictionary_there_is_nothing(library: str) -> None:
    assert Enchant.open(["xx_YY"], library) is None


def test_what_is_no_library_is_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.so"
    broken.write_bytes(b"not a library")
    assert Enchant.open(["en_US"], str(broken)) is None
    assert Enchant.open(["en_US"], str(tmp_path / "missing.so")) is None


def test_a_library_without_these_functions_is_nothing() -> None:
    another = ctypes.util.find_library("m") or ctypes.util.find_library("c")
    if another is None:
        pytest.skip("no such library here")
    assert Enchant.open(["en_US"], another) is None
