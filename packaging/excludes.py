# SPDX-License-Identifier: MIT
"""What a frozen app leaves out, each with its reason; plain values for the spec and a test."""

from __future__ import annotations

# Modules that PyInstaller must not follow.
MODULES: dict[str, str] = {
    "PySide6.QtConcurrent": "work beside the window runs in asyncio and one store thread",
    "PySide6.QtDesigner": "a tool for developers",
    "PySide6.QtHelp": "a reader for Qt's own help files",
    "PySide6.QtOpenGL": "widgets are painted by the raster engine",
    "PySide6.QtOpenGLWidgets": "as QtOpenGL",
    "PySide6.QtPrintSupport": "nothing is printed",
    "PySide6.QtQml": "the window is made of widgets",
    "PySide6.QtQuick": "as QtQml",
    "PySide6.QtQuickControls2": "as QtQml",
    "PySide6.QtQuickTest": "as QtQml",
    "PySide6.QtQuickWidgets": "as QtQml",
    "PySide6.QtSql": "the store speaks to sqlite3 itself",
    "PySide6.QtTest": "for tests",
    "PySide6.QtUiTools": "layouts are written in Python",
    "PySide6.QtXml": "no XML is read",
    "_pytest": "for tests, though the environment that builds has it",
    "curses": "no terminal program",
    "lib2to3": "a tool for developers",
    "pydoc": "a tool for developers",
    "pytest": "for tests",
    "setuptools": "builds packages; reached only through optional imports",
    "tkinter": "another GUI toolkit",
    "unittest": "for tests",
    "xllamacpp": "the engine for model files, larger than all the rest; the app does without",
    "xmlrpc": "nothing speaks it; reached through pydoc",
}

# Files that come in through linking or as plugins: part of the destination's path -> reason.
FILES: dict[str, str] = {
    "Qt6Pdf": "only the PDF image plugin wants it",
    "Qt6Qml": "linked by plugins that are left out",
    "Qt6Quick": "as Qt6Qml",
    "Qt6OpenGL": "as Qt6Qml",
    "Qt6VirtualKeyboard": "an on-screen keyboard of its own, in QML",
    "plugins/egldeviceintegrations": "for screens without a window system",
    "plugins/generic": "input devices without a window system",
    "plugins/imageformats/libqpdf": "pictures in messages are never PDF",
    "plugins/networkinformation": "nobody asks whether there is a network",
    "plugins/platforms/libqeglfs": "screens without a window system",
    "plugins/platforms/libqlinuxfb": "as eglfs",
    "plugins/platforms/libqminimal": "draws nothing",
    "plugins/platforms/libqvkkhrdisplay": "as eglfs",
    "plugins/platforms/libqvnc": "a VNC server",
    "plugins/platforms/qminimal": "draws nothing",
    "plugins/qmltooling": "for developers of QML",
    "plugins/sqldrivers": "the store speaks to sqlite3 itself",
    "plugins/tls": "aiohttp brings its own TLS",
    "plugins/platformthemes/libqgtk3": "links to all of GTK, which the build machine may lack",
}

# Qt's own texts (button names, menus of text fields) in the languages that the program speaks.
QT_TRANSLATIONS = ("qtbase_en.qm", "qtbase_zh_CN.qm", "qtbase_zh_TW.qm")


def is_left_out(destination: str) -> bool:
    """Whether a file must not get into the app; ``destination`` is its path in there."""
    name = destination.replace("\\", "/")
    if "/translations/" in name and name.endswith(".qm"):
        return not name.endswith(QT_TRANSLATIONS)
    return any(part in name for part in FILES)
