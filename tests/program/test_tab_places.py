# SPDX-License-Identifier: MIT
"""A tab goes into a half, into a window of its own and back, with all that is in its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from chatglm_desktop.gui.dialogs.title import TitleDialog
from chatglm_desktop.gui.tabs.ghost import TabGhost
from chatglm_desktop.gui.widgets.icon_button import IconButton
from tests.helpers.tabs import CTRL, SHIFT, drag, drop, key, on_pages, open_drafts
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from chatglm_desktop.gui.panes.halves import Side
    from chatglm_desktop.gui.panes.window import PageWindow
    from tests.helpers.theatre import Play, Theatre

KEY = Qt.Key


def half(play: Play, side: Side) -> str:
    """The draft of the page in a half."""
    shown = play.window.pages.pane(side).page
    pages = [play.workspace.page(id) for id in play.workspace.loaded()]
    return next((page.composer.text() for page in pages if page is shown), "")


def halves(play: Play) -> tuple[str, str]:
    return half(play, "left"), half(play, "right")


def window_of(play: Play, id: str) -> PageWindow:
    return play.workspace.places.windows[id]


def ghosts() -> list[QWidget]:
    windows = QApplication.topLevelWidgets()
    return [w for w in windows if isinstance(w, TabGhost) and w.isVisible()]


def test_a_key_splits_the_view_and_ends_that(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        open_drafts(play, "a", "b", "c")
        key(play, KEY.Key_Backslash)
        assert halves(play) == ("c", "b")
        assert play.page.composer.text() == "b"
        assert play.window.pages.pane("right").header.focused
        assert not play.window.pages.pane("left").header.focused
        key(play, KEY.Key_F6, Qt.KeyboardModifier.NoModifier)
        assert play.page.composer.text() == "c"
        play.window.tabs.go_to(1)
        assert halves(play) == ("a", "b")
        key(play, KEY.Key_Backslash)
        assert halves(play) == ("a", "")
        assert not play.window.pages.split

    theatre.play(act)


def test_beside_the_only_tab_a_new_conversation_begins(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        key(play, KEY.Key_Backslash)
        assert not play.window.pages.split
        (a,) = open_drafts(play, "a")
        key(play, KEY.Key_Backslash)
        assert halves(play) == ("a", "")
        assert play.window.pages.split
        assert play.current_id != a

    theatre.play(act)


def test_the_buttons_above_the_halves_swap_and_close_them(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        _, b = open_drafts(play, "a", "b")
        play.workspace.places.split(b)
        header = play.window.pages.pane("left").header
        swap, close = header.findChildren(IconButton)
        swap.click()
        assert halves(play) == ("b", "a")
        assert play.current_id == b
        close.click()
        assert halves(play) == ("a", "")
        assert len(play.window.tabs.ids()) == 2

    theatre.play(act)


def test_closing_the_tab_in_a_half_leaves_the_other(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, b, c = open_drafts(play, "a", "b", "c")
        play.workspace.places.split(b)
        play.workspace.close(c)
        assert halves(play) == ("b", "")
        play.workspace.places.split(a)
        key(play, KEY.Key_W)
        assert halves(play) == ("b", "")
        key(play, KEY.Key_T, CTRL | SHIFT)
        await play.until(lambda: halves(play) == ("b", "a"))

    theatre.play(act)


def test_the_half_with_the_focus_is_where_keys_go(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, b = open_drafts(play, "a", "b")
        play.workspace.places.split(b)
        play.workspace.page(a).composer.focus_editor()
        assert play.current_id == a
        QTest.mouseClick(play.window.pages.pane("right").header, Qt.MouseButton.LeftButton)
        assert play.current_id == b
        # What happens in the other half is seen.
        play.workspace.page(a).composer.submit()
        await (await play.request()).writer.finish()
        await play.until(lambda: not play.workspace.page(a).composer.running)
        assert play.workspace.badge(a) == "none"

    theatre.play(act)


def test_a_split_view_is_there_after_a_restart(theatre: Theatre) -> None:
    async def first_run(play: Play) -> None:
        _, b, _ = open_drafts(play, "a", "b", "c")
        play.workspace.places.split(b)

    async def second_run(play: Play) -> None:
        assert halves(play) == ("c", "b")
        assert play.page.composer.text() == "b"
        assert len(play.workspace.loaded()) == 2

    theatre.play(first_run)
    theatre.play(second_run)


def test_a_page_moves_into_a_window_and_back_while_it_streams(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        open_drafts(play, "a", "b")
        id, page = play.current_id, play.page
        page.composer.submit()
        request = await play.request()
        await request.writer.text("first ")
        page.composer.set_text("draft")
        key(play, KEY.Key_N, CTRL | SHIFT)
        window = window_of(play, id)
        assert window.isAncestorOf(page)
        assert window.windowTitle() == "b"
        assert play.current_id == id
        assert id not in play.window.tabs.ids()
        await request.writer.text("second ")
        await play.until(lambda: "second" in page.transcript.clipboard.everything())
        # Its keys are those of the main window.
        QTest.keyClick(window, KEY.Key_N, CTRL | SHIFT)
        assert play.window.isAncestorOf(page)
        assert play.workspace.page(id) is page
        assert page.composer.text() == "draft"
        assert play.current_id == id
        await request.writer.text("third")
        await request.writer.finish()
        await play.until(lambda: not page.composer.running)
        assert "first second third" in page.transcript.clipboard.everything()

    theatre.play(act)


def test_keys_in_a_window_concern_its_conversation(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, b = open_drafts(play, "a", "b")
        play.workspace.places.detach(b)
        window = window_of(play, b)
        composer = play.workspace.page(b).composer
        window.setFocus()
        QTest.keyClick(window, KEY.Key_L, CTRL)
        assert composer.isAncestorOf(window.focusWidget())
        QTest.keyClick(window, KEY.Key_F2)
        dialog = child(window, TitleDialog)
        QTest.keyClicks(dialog.field, " Pears ")
        dialog.rename_button.click()
        await play.until(lambda: play.conversations.title(b) == "Pears")
        assert play.conversations.title(a) != "Pears"
        assert play.current_id == b

    theatre.play(act)


def test_what_is_told_is_told_in_the_window_in_front(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        _, b = open_drafts(play, "a", "b")
        toast, done = play.window.toast, list[str]()
        toast.show_message("Deleted", "Undo", lambda: done.append("undo"))
        play.workspace.places.detach(b)
        window = window_of(play, b)
        assert window.isAncestorOf(toast)
        assert toast.isVisible()
        play.workspace.close(b)
        assert play.window.main_area.isAncestorOf(toast)
        child(toast, QPushButton).click()
        assert done == ["undo"]
        play.workspace.reopen()
        await play.until(lambda: b in play.workspace.loaded())
        toast.show_message("Copied")
        assert window_of(play, b).isAncestorOf(toast)

    theatre.play(act)


def test_the_main_window_has_its_focus_where_it_was(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, b = open_drafts(play, "a", "b")
        play.workspace.places.detach(b)
        play.window.sidebar.view.setFocus()
        play.window.activated.emit()
        assert play.current_id == a
        assert play.window.focusWidget() is play.window.sidebar.view

    theatre.play(act)


def test_closing_a_window_closes_its_tab_and_it_opens_again_as_one(theatre: Theatre) -> None:
    async def first_run(play: Play) -> None:
        _, b = open_drafts(play, "a", "b")
        play.workspace.places.detach(b, QPoint(30, 40))
        window_of(play, b).resize(500, 444)
        window_of(play, b).close()
        assert b not in play.workspace.row
        assert b not in play.workspace.loaded()
        assert play.page.composer.text() == "a"

    async def second_run(play: Play) -> None:
        play.workspace.reopen()
        b = play.current_id
        assert (window_of(play, b).width(), window_of(play, b).height()) == (500, 444)
        await play.until(lambda: b in play.workspace.loaded())

    async def third_run(play: Play) -> None:
        (b,) = play.workspace.row.windows()
        assert window_of(play, b).isAncestorOf(play.workspace.page(b))
        assert len(play.workspace.loaded()) == 2
        play.organiser.rename(b, "Pears")
        await play.until(lambda: window_of(play, b).windowTitle() == "Pears")
        play.workspace.open(b)
        assert play.current_id == b
        play.window.activated.emit()
        assert play.current_id != b

    theatre.play(first_run)
    theatre.play(second_run)
    theatre.play(third_run)


def test_the_bar_is_never_empty(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        (a,) = open_drafts(play, "a")
        play.workspace.places.detach(a)
        (new,) = play.window.tabs.ids()
        assert new != a
        assert play.current_id == a
        play.workspace.places.attach(a)
        assert play.window.tabs.ids() == [a, new]

    theatre.play(act)


def test_a_tab_dragged_onto_a_side_gets_that_half(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, _ = open_drafts(play, "a", "b")
        at = on_pages(play, 0.9)
        tabs = drag(play, a, at)
        assert ghosts()
        drop(tabs, at)
        assert halves(play) == ("b", "a")
        at = on_pages(play, 0.1)
        drop(drag(play, a, at), at)
        assert halves(play) == ("a", "b")
        assert not ghosts()

    theatre.play(act)


def test_a_tab_dragged_out_gets_a_window(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, b = open_drafts(play, "a", "b")
        outside = play.window.mapToGlobal(QPoint(300, play.window.height() + 40))
        drop(drag(play, a, outside), outside)
        assert play.workspace.row.windows() == [a]
        middle = on_pages(play, 0.5)
        drop(drag(play, b, middle), middle)
        assert set(play.workspace.row.windows()) == {a, b}

    theatre.play(act)


def test_a_drag_can_be_given_up(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        a, b, c = open_drafts(play, "a", "b", "c")
        out = on_pages(play, 0.9)
        tabs = drag(play, a, out)
        QTest.keyClick(tabs, KEY.Key_A)
        QTest.keyClick(tabs, KEY.Key_Escape)
        drop(tabs, out)
        assert not play.window.pages.split
        # Back over the bar it takes its place there.
        last = tabs.mapToGlobal(tabs.tabRect(2).center())
        drop(drag(play, a, out, last), last)
        assert play.window.tabs.ids() == [b, c, a]
        assert not play.window.pages.split
        sidebar = play.window.sidebar.mapToGlobal(QPoint(20, 300))
        drop(drag(play, a, sidebar), sidebar)
        assert play.workspace.row.windows() == []

    theatre.play(act)
