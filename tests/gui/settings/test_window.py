# SPDX-License-Identifier: MIT
"""The settings are found, changed, reset and put back, by keyboard too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton

from chatglm_desktop.core.network import NetworkOptions
from chatglm_desktop.gui.settings.fields import ChoiceField, NumberField, TextField
from chatglm_desktop.gui.settings.page import Page
from chatglm_desktop.gui.settings.window import SECTIONS
from chatglm_desktop.gui.widgets.choice import Choice
from chatglm_desktop.gui.widgets.switch import Switch
from chatglm_desktop.settings.options import Options
from tests.gui.settings.conftest import Bench, type_into
from tests.helpers.widgets import child

KEY = Qt.Key


def shown(page: Page) -> list[str]:
    """The names of the rows that are there."""
    return [row.title.plain() for row in page.rows() if not row.isHidden()]


def undo(bench: Bench) -> None:
    button = next(b for b in bench.window.toast.findChildren(QPushButton) if b.text() == "Undo")
    button.click()


async def test_it_opens_at_a_section_or_in_the_search(bench: Bench) -> None:
    await bench.show("network")
    assert bench.window.section == "network"
    assert bench.window.sections.hasFocus()
    bench.window.open_at("nowhere")
    assert bench.window.section == "network"
    assert bench.window.search.hasFocus()


async def test_every_section_has_a_page_with_a_name(bench: Bench) -> None:
    assert tuple(bench.window.pages) == SECTIONS
    assert len({page.title for page in bench.window.pages.values()}) == len(SECTIONS)
    assert bench.window.sections.count() == len(SECTIONS)


async def test_arrows_in_the_search_go_through_the_sections(bench: Bench) -> None:
    await bench.show()
    reached = []
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_Up, KEY.Key_Up):
        QTest.keyClick(bench.window.search, key)
        reached.append(bench.window.section)
    assert reached == ["accounts", "replies", "accounts", "general", "general"]
    await bench.settle()


async def test_the_search_shows_what_fits_wherever_it_is(bench: Bench) -> None:
    await bench.show()
    QTest.keyClicks(bench.window.search, "PROXY user")
    assert bench.window.section == "network"
    assert shown(bench.window.pages["network"]) == ["User"]
    assert not any(shown(p) for n, p in bench.window.pages.items() if n != "network")
    row = bench.row("network.proxy_user")
    assert "background" in row.help.text()
    assert row.help.plain() == "Only for a proxy that asks who you are."
    await bench.settle()


async def test_what_is_found_is_counted_and_the_rest_is_hidden(bench: Bench) -> None:
    await bench.show()
    QTest.keyClicks(bench.window.search, "theme")
    sections = bench.window.sections
    texts = [
        sections.item(i).text() for i in range(sections.count()) if not sections.isRowHidden(i)
    ]
    assert texts == ["General (1)"]
    bench.window.search.clear()
    assert [sections.item(i).text() for i in range(sections.count())] == [
        page.title for page in bench.window.pages.values()
    ]


async def test_a_section_is_found_by_its_own_name(bench: Bench) -> None:
    await bench.show()
    QTest.keyClicks(bench.window.search, "general")
    page = bench.window.pages["general"]
    assert len(shown(page)) == len(page.rows())


@pytest.mark.parametrize("typed", ["network.connect", "Connecting", "given up"])
async def test_an_option_is_found_by_name_help_and_place(bench: Bench, typed: str) -> None:
    await bench.show()
    QTest.keyClicks(bench.window.search, typed)
    assert bench.window.section == "network"
    assert shown(bench.window.pages["network"]) == ["Connecting"]
    await bench.settle()


async def test_nothing_found_is_said(bench: Bench) -> None:
    await bench.show()
    QTest.keyClicks(bench.window.search, "zzz")
    assert bench.window.nothing.isVisible()
    assert not bench.window.stack.isVisible()
    QTest.keyClick(bench.window.search, KEY.Key_Escape)
    assert bench.window.search.text() == ""
    assert bench.window.stack.isVisible()
    assert bench.window.isVisible()


async def test_enter_in_the_search_goes_to_the_first_option_found(bench: Bench) -> None:
    await bench.show()
    QTest.keyClicks(bench.window.search, "connecting")
    await bench.settle()
    QTest.keyClick(bench.window.search, KEY.Key_Return)
    line = child(bench.row("network.connect"), QLineEdit)
    assert QApplication.focusWidget() is line
    QTest.keySequence(line, "Ctrl+F")
    assert bench.window.search.hasFocus()


async def test_enter_with_nothing_found_does_nothing(bench: Bench) -> None:
    await bench.show()
    QTest.keyClicks(bench.window.search, "zzz")
    QTest.keyClick(bench.window.search, KEY.Key_Return)
    assert bench.window.search.hasFocus()


async def test_escape_closes_it(bench: Bench) -> None:
    await bench.show("general")
    QTest.keyClick(bench.window.sections, KEY.Key_Escape)
    assert not bench.window.isVisible()


async def test_what_is_being_written_counts_when_it_closes(bench: Bench) -> None:
    await bench.show("network")
    line = child(bench.row("network.connect"), QLineEdit)
    type_into(line, "5", enter=False)
    assert bench.preferences.options.network.connect == 30
    bench.window.close()
    assert bench.preferences.options.network.connect == 5


async def test_a_choice_applies_at_once_and_can_be_reset(bench: Bench) -> None:
    await bench.show("general")
    row = bench.row("theme")
    assert row.reset.isHidden()
    choice = child(row, Choice)
    QTest.keyClick(choice, KEY.Key_Down)
    choice.activated.emit(choice.currentIndex())
    assert bench.preferences.value("theme") == "light"
    assert row.reset.isVisible()
    row.reset.click()
    assert bench.preferences.value("theme") == "system"
    assert choice.currentText() == "Like the system"
    assert row.reset.isHidden()
    assert bench.window.toast.text() == "“Theme” was reset."
    undo(bench)
    assert bench.preferences.value("theme") == "light"
    assert choice.currentText() == "Light"
    bench.window.toast.hide()


async def test_a_switch_applies_at_once(bench: Bench) -> None:
    await bench.show("general")
    switch = child(bench.row("show_metrics"), Switch)
    assert switch.isChecked()
    QTest.keyClick(switch, KEY.Key_Space)
    assert not bench.preferences.options.show_metrics
    QTest.keyClick(switch, KEY.Key_Return)
    assert bench.preferences.options.show_metrics


async def test_a_change_from_elsewhere_is_shown(bench: Bench) -> None:
    await bench.show("general")
    bench.preferences.change(follow="never")
    assert child(bench.row("follow"), Choice).value == "never"
    assert bench.row("follow").reset.isVisible()


async def test_a_language_is_said_to_come_later(bench: Bench) -> None:
    await bench.show("general")
    bench.preferences.change(language="zh")
    assert bench.window.toast.text() == "The language changes at the next start."
    bench.window.toast.hide()


async def test_a_section_is_reset_and_put_back(bench: Bench) -> None:
    await bench.show("network")
    page = bench.window.pages["network"]
    assert page.reset_button.isHidden()
    chosen = NetworkOptions(connect=5.0, idle=9.0)
    bench.preferences.change(network=chosen, theme="dark")
    assert page.reset_button.isVisible()
    page.reset_button.click()
    assert bench.preferences.options.network == NetworkOptions()
    assert bench.preferences.value("theme") == "dark"
    assert bench.window.toast.text() == "“Network” was reset."
    undo(bench)
    assert bench.preferences.options.network == chosen
    bench.window.toast.hide()
    await bench.settle()


async def test_everything_is_reset_but_what_was_set_up(bench: Bench, options: Options) -> None:
    await bench.show("general")
    bench.preferences.change(theme="dark", network=NetworkOptions(idle=9.0))
    before = bench.preferences.options
    bench.window.reset_button.click()
    assert bench.preferences.options == options
    undo(bench)
    assert bench.preferences.options == before
    bench.window.toast.hide()


async def test_nothing_to_reset_is_said(bench: Bench) -> None:
    await bench.show("general")
    bench.window.reset_button.click()
    assert bench.window.toast.text() == "There is nothing to reset."
    bench.window.toast.hide()


async def test_what_makes_no_sense_is_said_and_not_taken(bench: Bench) -> None:
    await bench.show("network")
    row = bench.row("network.connect")
    line = child(row, QLineEdit)
    type_into(line, "soon")
    assert bench.preferences.options.network.connect == 30
    assert row.problem.plain() == "A number from 1 to 3,600, please."
    assert row.problem.isVisible()
    # Other changes leave what has to be mended.
    bench.preferences.change(theme="dark")
    assert line.text() == "soon"
    type_into(line, "7,5")
    assert bench.preferences.options.network.connect == 7.5
    assert not row.problem.isVisible()
    await bench.settle()


async def test_a_reset_forgets_what_makes_no_sense(bench: Bench) -> None:
    await bench.show("network")
    row = bench.row("network.connect")
    bench.preferences.put("network.connect", 5.0)
    line = child(row, QLineEdit)
    type_into(line, "soon")
    row.reset.click()
    assert line.text() == "30"
    assert not row.problem.isVisible()
    bench.window.toast.hide()


async def test_every_control_has_a_name(bench: Bench) -> None:
    for section in SECTIONS:
        await bench.show(section)
        page = bench.window.pages[section]
        controls = [
            *page.findChildren(QAbstractButton),
            *page.findChildren(QLineEdit),
            *page.findChildren(Choice),
        ]
        nameless = [
            control
            for control in controls
            if control.isVisible()
            and not control.accessibleName()
            and not (isinstance(control, QAbstractButton) and control.text())
        ]
        assert nameless == []


async def test_tab_goes_from_the_search_to_sections_and_options(bench: Bench) -> None:
    await bench.show()
    reached = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, KEY.Key_Tab)
        reached.append(QApplication.focusWidget())
    choice = child(bench.row("theme"), Choice)
    assert bench.window.sections in reached
    assert choice in reached
    assert reached.index(bench.window.sections) < reached.index(choice)


def test_fields_are_of_the_kind_that_their_values_need(bench: Bench) -> None:
    assert isinstance(bench.row("theme").field, ChoiceField)
    assert isinstance(bench.row("network.idle").field, NumberField)
    assert isinstance(bench.row("network.proxy_url").field, TextField)
