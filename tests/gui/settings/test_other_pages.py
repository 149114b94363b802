# SPDX-License-Identifier: MIT
"""Prompts, replies, model files and the places of keys."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QPlainTextEdit, QPushButton

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import EngineMissing
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.gui.settings.engine_page import EnginePage
from chatglm_desktop.gui.settings.item_row import ItemRow
from chatglm_desktop.gui.settings.keys_page import KeysPage
from chatglm_desktop.gui.settings.prompt_editor import PromptEditor
from chatglm_desktop.gui.settings.prompts_page import PromptsPage
from chatglm_desktop.gui.widgets.choice import Choice
from chatglm_desktop.settings.options import SavedPrompt
from tests.gui.settings.conftest import Bench, type_into
from tests.helpers.widgets import child

TEACHER = SavedPrompt("Teacher", "You are patient.\nAsk back.", "system")
TRANSLATE = SavedPrompt("translate", "Into {{language}}: {{text}}")


def items(bench: Bench, page: type[PromptsPage] | type[EnginePage]) -> dict[str, ItemRow]:
    rows = child(bench.window, page).rows()
    return {row.title.plain(): row for row in rows if isinstance(row, ItemRow)}


def press(row: ItemRow, name: str) -> None:
    buttons = row.findChildren(QAbstractButton)
    next(b for b in buttons if (b.text() or b.accessibleName()).startswith(name)).click()


def undo(bench: Bench) -> None:
    buttons = bench.window.toast.findChildren(QPushButton)
    next(b for b in buttons if b.text() == "Undo").click()


async def test_prompts_are_listed_by_kind(bench: Bench) -> None:
    bench.preferences.change(prompts=(TRANSLATE, TEACHER))
    await bench.show("prompts")
    rows = items(bench, PromptsPage)
    assert list(rows) == ["Teacher", "/translate"]
    assert rows["Teacher"].help.plain() == "You are patient. Ask back."


async def test_long_prompts_are_cut_but_found_by_all_they_say(bench: Bench) -> None:
    text = "word " * 100 + "needle"
    bench.preferences.change(prompts=(SavedPrompt("long", text),))
    await bench.show("prompts")
    assert len(items(bench, PromptsPage)["/long"].help.plain()) < 130
    QTest.keyClicks(bench.window.search, "needle")
    assert bench.window.section == "prompts"
    assert items(bench, PromptsPage)["/long"].isVisible()


async def test_a_prompt_is_written_and_kept(bench: Bench) -> None:
    await bench.show("prompts")
    child(bench.window, PromptsPage).snippet_button.click()
    editor = child(bench.window, PromptEditor)
    assert not editor.save_button.isEnabled()
    QTest.keyClicks(editor.name, "  sum   up ")
    QTest.keyClicks(editor.text_editor, "In one line: {{text}}")
    QTest.keyClick(editor.text_editor, Qt.Key.Key_Tab)
    editor.save_button.click()
    made = SavedPrompt("sum up", "In one line: {{text}}")
    assert bench.preferences.value("prompts") == (made,)
    assert list(items(bench, PromptsPage)) == ["/sum up"]


async def test_a_system_prompt_is_written_and_kept(bench: Bench) -> None:
    await bench.show("prompts")
    child(bench.window, PromptsPage).system_button.click()
    editor = child(bench.window, PromptEditor)
    QTest.keyClicks(editor.name, "Teacher")
    QTest.keyClicks(editor.text_editor, "Ask back.")
    editor.save_button.click()
    assert bench.preferences.value("prompts") == (SavedPrompt("Teacher", "Ask back.", "system"),)


async def test_a_name_stands_for_one_prompt_only(bench: Bench) -> None:
    bench.preferences.change(prompts=(TRANSLATE, SavedPrompt("Teacher", "x")))
    await bench.show("prompts")
    press(items(bench, PromptsPage)["/Teacher"], "Edit")
    editor = child(bench.window, PromptEditor)
    assert editor.save_button.isEnabled()
    type_into(editor.name, "translate", enter=False)
    assert not editor.save_button.isEnabled()
    assert editor.problem.plain() == "There is one of this name already."
    editor.cancel_button.click()
    assert len(bench.preferences.options.prompts) == 2


async def test_a_prompt_is_changed_in_its_place(bench: Bench) -> None:
    bench.preferences.change(prompts=(TRANSLATE, SavedPrompt("b", "b")))
    await bench.show("prompts")
    press(items(bench, PromptsPage)["/translate"], "Edit")
    editor = child(bench.window, PromptEditor)
    assert editor.text_editor.toPlainText() == TRANSLATE.text
    type_into(editor.name, "into", enter=False)
    editor.save_button.click()
    assert bench.preferences.value("prompts") == (
        SavedPrompt("into", TRANSLATE.text),
        SavedPrompt("b", "b"),
    )


async def test_a_deleted_prompt_can_be_put_back(bench: Bench) -> None:
    bench.preferences.change(prompts=(TRANSLATE, TEACHER))
    await bench.show("prompts")
    press(items(bench, PromptsPage)["/translate"], "Delete")
    assert bench.preferences.value("prompts") == (TEACHER,)
    undo(bench)
    assert bench.preferences.value("prompts") == (TRANSLATE, TEACHER)
    assert list(items(bench, PromptsPage)) == ["Teacher", "/translate"]


async def test_a_system_prompt_for_all_is_taken_when_it_is_left(bench: Bench) -> None:
    await bench.show("replies")
    editor = child(bench.row("generation.system_prompt"), QPlainTextEdit)
    editor.setFocus()
    QTest.keyClicks(editor, "Be brief.")
    assert bench.preferences.options.generation.system_prompt is None
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert bench.preferences.options.generation.system_prompt == "Be brief."
    bench.row("generation.system_prompt").reset.click()
    assert editor.toPlainText() == ""
    bench.window.toast.hide()


async def test_an_emptied_text_is_none(bench: Bench) -> None:
    bench.preferences.change(generation=Generation(system_prompt="x", stop=("a",)))
    await bench.show("replies")
    for place in ("generation.system_prompt", "generation.stop"):
        editor = child(bench.row(place), QPlainTextEdit)
        editor.setFocus()
        type_into(editor, "", enter=False)
        bench.row(place).finish()
    assert bench.preferences.options.generation == Generation()


async def test_stop_texts_are_lines(bench: Bench) -> None:
    await bench.show("replies")
    editor = child(bench.row("generation.stop"), QPlainTextEdit)
    QTest.keyClicks(editor, "END")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "STOP")
    bench.row("generation.stop").finish()
    assert bench.preferences.options.generation.stop == ("END", "STOP")
    # The default service takes one only; another may take more.
    warning = bench.row("generation.stop").warning.plain()
    assert warning == "GLM (open.bigmodel.cn): This service takes at most 1 stop texts."


async def test_what_the_default_service_would_refuse_is_said_and_taken(bench: Bench) -> None:
    await bench.show("replies")
    row = bench.row("generation.temperature")
    type_into(child(row, QLineEdit), "1.5")
    assert bench.preferences.options.generation.temperature == 1.5
    assert row.warning.plain() == (
        "GLM (open.bigmodel.cn): The temperature must be between 0 and 1."
    )
    bench.preferences.change(default_account="work")
    assert not row.warning.isVisible()


async def test_an_option_is_left_to_the_service_again(bench: Bench) -> None:
    bench.preferences.change(generation=Generation(max_tokens=100, thinking="off"))
    await bench.show("replies")
    type_into(child(bench.row("generation.max_tokens"), QLineEdit), "")
    choice = child(bench.row("generation.thinking"), Choice)
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    assert bench.preferences.options.generation == Generation()


async def test_tokens_are_whole(bench: Bench) -> None:
    await bench.show("replies")
    row = bench.row("generation.max_tokens")
    type_into(child(row, QLineEdit), "1.5")
    assert row.problem.plain() == "A whole number from 1 to 10,000,000, please."


@pytest.fixture
def model(tmp_path: Path) -> str:
    file = tmp_path / "edge.gguf"
    file.write_bytes(b"GGUF")
    return str(file)


async def test_the_first_model_file_brings_a_service(bench: Bench, model: str) -> None:
    await bench.show("engine")
    child(bench.window, EnginePage).add_file_button.click()
    dialog = child(bench.window, QFileDialog)
    dialog.fileSelected.emit(model)
    dialog.close()
    await bench.settle()
    assert bench.preferences.value("model_files") == (model,)
    assert Account("local", "local", model=model) in bench.accounts.own
    rows = items(bench, EnginePage)
    assert rows["edge.gguf"].help.plain() == model
    assert not rows["edge.gguf"].said.isVisible()
    bench.window.controller.add_model_file("/another.gguf")
    await bench.settle()
    assert bench.preferences.value("model_files") == (model, "/another.gguf")
    assert len([a for a in bench.accounts.own if a.kind == "local"]) == 1


async def test_a_model_file_is_taken_off_and_put_back(bench: Bench, model: str) -> None:
    local = Account("local", "local", model=model)
    files = (model, "/gone.gguf")
    bench.preferences.change(accounts=(local,), model_files=files, default_account="local")
    await bench.show("engine")
    rows = items(bench, EnginePage)
    assert rows["gone.gguf"].said.plain() == "There is no such file."
    press(rows["edge.gguf"], "Take")
    assert bench.preferences.value("model_files") == ("/gone.gguf",)
    assert bench.accounts.own == (Account("local", "local", model="/gone.gguf"),)
    assert list(items(bench, EnginePage)) == ["The engine is installed.", "gone.gguf"]
    undo(bench)
    assert bench.preferences.value("model_files") == files
    assert bench.accounts.own == (local,)


async def test_a_file_that_was_chosen_for_its_service_is_taken_off_and_put_back(
    bench: Bench, model: str
) -> None:
    local = Account("local", "local", model=model)
    bench.preferences.change(accounts=(local,), model_files=("/gone.gguf",))
    await bench.show("engine")
    press(items(bench, EnginePage)["edge.gguf"], "Take")
    assert bench.accounts.own == (Account("local", "local", model="/gone.gguf"),)
    undo(bench)
    assert bench.accounts.own == (local,)
    assert bench.preferences.value("model_files") == ("/gone.gguf",)


async def test_a_service_that_was_set_up_meanwhile_stays_when_a_file_is_put_back(
    bench: Bench, model: str
) -> None:
    local = Account("local", "local", model=model)
    bench.preferences.change(accounts=(local,), model_files=(model,))
    put_back = bench.window.controller.remove_model_file(model)
    other = Account("ollama", "ollama")
    await bench.accounts.add(other)
    put_back()
    assert bench.accounts.own == (local, other)
    assert bench.preferences.value("model_files") == (model,)


async def test_a_missing_engine_tells_how_it_is_installed(bench: Bench) -> None:
    bench.missing = EngineMissing()
    await bench.show("engine")
    row = child(bench.window, EnginePage).state
    assert "not installed" in row.title.plain()
    assert "pip install" in row.help.plain()
    press(row, "Copy")
    assert QGuiApplication.clipboard().text() == "pip install chatglm-desktop[local]"
    assert row.said.plain() == "Copied"


async def test_where_keys_are_is_said_and_a_file_can_be_allowed(bench: Bench) -> None:
    await bench.accounts.set_key("work", Secret("1"))
    await bench.show("keys")
    page = child(bench.window, KeysPage)
    assert page.place.help.plain().startswith("In memory, until the program ends")
    assert not page.switch.isChecked()
    page.switch.click()
    await bench.settle()
    file = bench.folder / "keys.json"
    assert bench.preferences.options.key_file
    assert page.place.help.plain() == f"In a file that only you can read: {file}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    page.switch.click()
    await bench.settle()
    assert not bench.preferences.options.key_file
    assert not file.exists()
    assert await bench.accounts.key("work") == Secret("1")


async def test_keys_that_do_not_move_are_told(bench: Bench) -> None:
    (bench.folder / "keys.json").mkdir()
    await bench.accounts.set_key("work", Secret("1"))
    await bench.show("keys")
    page = child(bench.window, KeysPage)
    page.switch.click()
    await bench.settle()
    assert not page.switch.isChecked()
    assert not bench.preferences.options.key_file
    assert page.file.said.plain() == "The keys could not be moved. They are where they were."
