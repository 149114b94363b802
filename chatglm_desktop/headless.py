# SPDX-License-Identifier: MIT
"""Runs the verbs of the command line that need no window; must not import Qt, but for a PDF."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from chatglm_desktop.cli import Arguments
from chatglm_desktop.core.accounts import DEMO, Setup
from chatglm_desktop.core.errors import ChatError, DataFolderMissing, NotConfigured, StoreError
from chatglm_desktop.terminal.verbs import (
    Ask,
    Backup,
    Export,
    Import,
    ListConversations,
    ListModels,
    Search,
)

if TYPE_CHECKING:
    from chatglm_desktop.chat.exporting.making import Tools
    from chatglm_desktop.chat.importing.luggage import Keep
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.store.attachments import AttachmentFiles


@dataclass(frozen=True, slots=True)
class Workbench:
    """What some verbs need that others must not load: it is made when it is needed."""

    export_tools: Callable[[], Tools]
    keep_with: Callable[[AttachmentFiles], Keep]


def run(arguments: Arguments, paths: Paths, workbench: Workbench) -> int:
    """Do the verb of ``arguments``; returns the exit code."""
    if paths.missing:
        print(f"{DataFolderMissing(str(paths.data))}\n{DataFolderMissing.hint}", file=sys.stderr)
        return 1
    try:
        return asyncio.run(_run(arguments, paths, workbench))
    except NotConfigured as error:
        print(error.words, file=sys.stderr)
        return 2
    except (ChatError, StoreError) as error:
        print(f"{error}\n{_hint(error)}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read has gone. Without this the interpreter would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _hint(error: ChatError | StoreError) -> str:
    return error.told(error.hint) if isinstance(error, ChatError) else error.hint


async def _run(arguments: Arguments, paths: Paths, workbench: Workbench) -> int:
    verb = arguments.verb
    match verb:
        case Ask() | ListModels():
            return await _with_service(arguments, verb, paths)
        case ListConversations() | Search():
            from chatglm_desktop.terminal import looking

            return await looking.run(verb, paths, sys.stdout)
        case Export():
            from chatglm_desktop.chat.exporting.making import Tools
            from chatglm_desktop.terminal import writing_out

            tools = workbench.export_tools() if verb.format in ("html", "pdf") else Tools()
            return await writing_out.run(verb, paths, tools, sys.stdout, sys.stderr)
        case Import():
            from chatglm_desktop.terminal import taking_in

            keep_with = workbench.keep_with
            return await taking_in.run(verb, paths, keep_with, sys.stdout, sys.stderr)
        case Backup():
            from chatglm_desktop.terminal import backing_up

            return await backing_up.run(verb, paths)
        case None:
            raise AssertionError("no verb")
        case _:
            assert_never(verb)


async def _with_service(arguments: Arguments, verb: Ask | ListModels, paths: Paths) -> int:
    from chatglm_desktop.services import open_services
    from chatglm_desktop.settings.files import load
    from chatglm_desktop.settings.kept_secrets import KeptSecrets
    from chatglm_desktop.settings.preferences import Preferences
    from chatglm_desktop.terminal import asking

    options, problem = load(paths.settings)
    if problem is not None:
        print(f"The settings could not be read: {problem.words}", file=sys.stderr)
    # What is chosen here is for this run only.
    preferences = Preferences(options, lambda changed: None)
    account = DEMO if arguments.demo else asking.choose_account(verb.service, preferences)
    key = asking.key_from(verb.service.api_key_env)
    secrets = KeptSecrets.at(paths, options)
    services = open_services(paths, preferences, secrets, arguments.endpoint)
    try:
        services.accounts.lend(account, key)
        match verb:
            case Ask() if verb.kept:
                from chatglm_desktop.terminal import asking_on

                chosen = arguments.demo or asking.chose(verb)
                setup = Setup(account.id, verb.model) if chosen else None
                return await asking_on.ask(services, setup, verb, paths)
            case Ask():
                service = services.service(Setup(account.id, verb.model))
                return await asking.ask(service, verb, sys.stdout, sys.stderr)
            case ListModels():
                return await asking.list_models(services, account, verb, sys.stdout, sys.stderr)
            case _:
                assert_never(verb)
    finally:
        await services.close()
