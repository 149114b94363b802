# SPDX-License-Identifier: MIT
"""Sets up the Qt application: name, icon, theme, language, messages; knows no chat."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QMessageLogContext, QtMsgType
from PySide6.QtCore import qInstallMessageHandler as install_message_handler
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from chatglm_desktop import resources
from chatglm_desktop.gui.strings import install_language
from chatglm_desktop.gui.theme.manager import ThemeManager

if TYPE_CHECKING:
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.settings.options import Language, ThemeChoice

log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

PAINT_WITHIN_MS = 1000
"""A window that no screen shows is never painted; the program goes on all the same."""


def create(app_id: str, version: str) -> QApplication:
    """The application object, with what the desktop wants to know of it."""
    install_message_handler(_log_message)
    QGuiApplication.setDesktopFileName(app_id)
    # The style as an argument: PySide takes 6 ms to make the class that setStyle() returns.
    app = QApplication([app_id, "-style", "Fusion"])
    app.setApplicationName("chatglm-desktop")
    app.setApplicationDisplayName("ChatGLM Desktop")
    app.setApplicationVersion(version)
    app.setWindowIcon(QIcon(str(resources.path("icons/chatglm-desktop.svg"))))
    app.setQuitOnLastWindowClosed(False)
    return app


def dress(app: QApplication, choice: ThemeChoice, language: Language) -> ThemeManager:
    """Give ``app`` its language and theme; both live as long as it does."""
    for translator in install_language(app, language):
        translator.setParent(app)
    return ThemeManager(app, choice)


def wait_for_paint(app: QApplication, window: MainWindow) -> None:
    """Process events until the window has been painted for the first time."""
    painted = False

    def note() -> None:
        nonlocal painted
        painted = True

    window.painted.connect(note)
    deadline = QDeadlineTimer(PAINT_WITHIN_MS)
    while not painted and not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def _log_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS[kind], "%s", message)
    if kind is QtMsgType.QtFatalMsg:
        # The program ends here, perhaps before there is a window to say why.
        sys.stderr.write(f"{message}\n")
