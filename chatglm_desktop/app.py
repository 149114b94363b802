# SPDX-License-Identifier: MIT
"""The composition root: what the command line asks for is built here, and nowhere else."""

from __future__ import annotations

import io
import logging
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop import __version__, cli

if TYPE_CHECKING:
    from chatglm_desktop.chat.exporting.making import Tools
    from chatglm_desktop.chat.importing.luggage import Keep
    from chatglm_desktop.core.deep_links import DeepLink
    from chatglm_desktop.gui.single_instance import SingleInstance
    from chatglm_desktop.headless import Workbench
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.store.attachments import AttachmentFiles

APP_ID = "io.github.chatglm_desktop.ChatGLMDesktop"

LARGEST_LOG = 1_000_000
"""Bytes after which a new log is begun; the last one is kept."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    _speak_utf8()
    arguments = cli.parse(argv)
    if arguments.verb is not None:
        from chatglm_desktop import headless

        try:
            return headless.run(arguments, _paths(arguments), _workbench())
        except KeyboardInterrupt:
            print("\nStopped.", file=sys.stderr)
            return cli.INTERRUPTED
    if arguments.smoke_test:
        # Never with the user's own conversations.
        with tempfile.TemporaryDirectory() as folder:
            return _run_window(replace(arguments, demo=True, data_dir=Path(folder)))
    return _run_window(arguments)


def _speak_utf8() -> None:
    """Answers may hold any character, whatever the terminal's code page says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _paths(arguments: cli.Arguments) -> Paths:
    from chatglm_desktop.settings.paths import Paths

    return Paths.at(arguments.data_dir) if arguments.data_dir else Paths.default()


class _Log(logging.FileHandler):
    """Opens its file with the first record: nowhere to write is no reason to end then either."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            super().emit(record)


def _keep_log(file: Path, debug: bool) -> None:
    """Log into ``file``, begun anew when it has grown large; with ``debug`` to stderr too."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if debug else []
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if file.exists() and file.stat().st_size > LARGEST_LOG:
            file.replace(file.with_suffix(".old.log"))
        handlers.append(_Log(file, encoding="utf-8", delay=True))
    except OSError:
        # Nowhere to write is no reason not to start.
        handlers.append(logging.NullHandler())
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=handlers,
        force=True,
    )
    for chatty in ("asyncio", "markdown_it", "qasync"):
        logging.getLogger(chatty).setLevel(logging.INFO)


def _workbench() -> Workbench:
    """What the verbs without a window need of Qt, which they load when they need it."""

    from chatglm_desktop.headless import Workbench

    applications: list[object] = []

    def export_tools() -> Tools:
        from PySide6.QtGui import QGuiApplication

        from chatglm_desktop.gui.exporting.tools import export_tools

        # Where there is no screen, too. Qt keeps it as long as the program runs.
        applications.append(QGuiApplication([APP_ID, "-platform", "offscreen"]))
        return export_tools()

    def keep_with(files: AttachmentFiles) -> Keep:
        from chatglm_desktop.chat.file_texts import FileTexts
        from chatglm_desktop.gui.attaching.intake import Intake

        return Intake(files, FileTexts(files)).keep

    return Workbench(export_tools, keep_with)


def _leave_it_to_the_other(instance: SingleInstance, link: DeepLink | None) -> int:
    if instance.raise_other(str(link) if link else ""):
        return 0
    print("ChatGLM Desktop is running with this data folder, but does not answer.", file=sys.stderr)
    return 1


def _run_window(arguments: cli.Arguments) -> int:
    from chatglm_desktop.gui import application
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.single_instance import SingleInstance
    from chatglm_desktop.settings.files import load

    paths = _paths(arguments)
    _keep_log(paths.log_file, arguments.debug)
    app = application.create(APP_ID, __version__)
    # Where the data should be, nothing is made that could pass for it.
    instance = SingleInstance(paths.config if paths.missing else paths.data)
    if not instance.claim():
        return _leave_it_to_the_other(instance, arguments.link)
    options, problem = load(paths.settings)
    if problem is not None:
        logging.getLogger(__name__).error("the settings cannot be used: %s", problem.words)
    themes = application.dress(app, options.theme, options.language)
    window = MainWindow(themes)
    window.restore_geometry(paths.window)
    if problem is not None:
        window.show_settings_problem(problem)
    window.show()
    application.wait_for_paint(app, window)
    if arguments.exit_after_paint:
        instance.close()
        return 0

    # From here on the user sees a window: what is slow to import comes now.
    import atexit
    import gc

    from chatglm_desktop import unattended
    from chatglm_desktop.gui import loop
    from chatglm_desktop.household import Front
    from chatglm_desktop.program import Program

    errand = unattended.errand(arguments)
    program = Program(arguments, options, paths, Front(window, themes, instance), errand)
    # Else Python, when it ends, looks for garbage in all there is: that takes 0.3 s and more.
    atexit.register(gc.freeze)
    sys.excepthook = lambda _, error, __: program.report(error)
    try:
        code = loop.run(app, program.run())
    finally:
        sys.excepthook = sys.__excepthook__
    if program.restarting:
        _start_again()
    return code


def _start_again() -> None:
    """Start another program as this one was started; it outlives this one."""
    import subprocess

    frozen = getattr(sys, "frozen", False)
    arguments = sys.argv[1:] if frozen else sys.orig_argv[1:]
    subprocess.Popen([sys.executable, *arguments], start_new_session=True)
