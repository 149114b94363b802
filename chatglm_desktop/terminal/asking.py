# SPDX-License-Identifier: MIT
"""Asks one question from the command line, and prints the models of a service; no window."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from chatglm_desktop.core.accounts import GUEST, PRESETS, Account
from chatglm_desktop.core.errors import ChatError, FileRefused, NotConfigured
from chatglm_desktop.core.values import to_plain
from chatglm_desktop.terminal.printers import JsonPrinter, Printer, TextPrinter
from chatglm_desktop.terminal.verbs import Ask, ListModels, ServiceChoice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chatglm_desktop.chat.prompt import Turn
    from chatglm_desktop.chat.service import Service
    from chatglm_desktop.core.generation import Abilities
    from chatglm_desktop.core.messages import Message
    from chatglm_desktop.core.models import ModelInfo
    from chatglm_desktop.core.provider import RequestFile
    from chatglm_desktop.core.secrets import Secret
    from chatglm_desktop.services import Services
    from chatglm_desktop.settings.preferences import Preferences

_NEW = "command-line"
"""The id of a service that is used without being set up."""

_LARGEST_IMAGE = 5_000_000
_IMAGES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


def choose_account(choice: ServiceChoice, preferences: Preferences) -> Account:
    """The first account of the settings that fits, or a new one for this run.

    Raises NotConfigured, with words, for a choice that leads nowhere.
    """
    options = preferences.options
    wanted = choice.provider
    if wanted is None and not choice.base_url:
        known = (*options.accounts, GUEST)
        return next((a for a in known if a.id == options.default_account), GUEST)
    if wanted == "guest":
        return replace(GUEST, base_url=choice.base_url)
    kind = wanted or "openai"
    fits = [
        account
        for account in options.accounts
        if account.kind == kind and choice.base_url.rstrip("/") in ("", account.address)
    ]
    if fits and not choice.api_key_env:
        return fits[0]
    if kind == "openai" and not choice.base_url:
        raise NotConfigured("Which server? Name it with --base-url.")
    preset = {"glm": "bigmodel", "openai": "custom", "local": "local"}[kind]
    by_address = (p.id for p in PRESETS.values() if p.base_url == choice.base_url.rstrip("/") != "")
    return Account(_NEW, next(by_address, preset), base_url=choice.base_url)


def key_from(variable: str) -> Secret | None:
    """The key in an environment variable, None if no variable was named.

    Raises NotConfigured if there is no such variable.
    """
    from chatglm_desktop.core.secrets import Secret

    if not variable:
        return None
    if not os.environ.get(variable):
        raise NotConfigured(f"The environment variable {variable} is not set.")
    return Secret(os.environ[variable])


def chose(asked: Ask) -> bool:
    """Whether the command line says who is to answer."""
    return asked.service != ServiceChoice() or bool(asked.model)


def question_of(asked: Ask) -> str:
    """The question, after what comes from stdin. Raises NotConfigured if both are empty."""
    parts = [sys.stdin.read().rstrip()] if asked.stdin else []
    question = "\n\n".join(part for part in (*parts, asked.question) if part.strip())
    if not question:
        raise NotConfigured("The question is empty.")
    return question


def printer_for(asked: Ask, out: TextIO, err: TextIO) -> Printer:
    """Prints one answer as it was wanted."""
    if asked.json:
        return JsonPrinter(out)
    return TextPrinter(out, err, thinking=asked.thinking == "show")


async def ask(service: Service, asked: Ask, out: TextIO, err: TextIO) -> int:
    """Stream the answer to ``out``. Returns 0 for a whole answer, 1 after saying why not."""
    printer = printer_for(asked, out, err)
    try:
        await _stream(_with_pictures(fitted(service, asked), asked), question_of(asked), printer)
    except ChatError as error:
        printer.fail(error)
        return 1
    printer.end()
    return 0


def fitted(service: Service, asked: Ask) -> Service:
    """The service with the options of the command line."""
    generation = service.generation
    if asked.system:
        generation = replace(generation, system_prompt=asked.system)
    if asked.thinking is not None:
        generation = replace(generation, thinking="off" if asked.thinking == "off" else "on")
    return replace(service, generation=generation)


def _with_pictures(service: Service, asked: Ask) -> Service:
    """The service, which is sent pictures with the question. Raises FileRefused."""
    if asked.images and not service.abilities.images:
        raise FileRefused("The model does not read pictures.")
    files = tuple(map(_image, asked.images))

    async def read(branch: Sequence[Message], abilities: Abilities) -> Sequence[Turn]:
        from chatglm_desktop.chat.prompt import Turn

        return [Turn(message.role, message.text, files) for message in branch]

    return replace(service, read=read)


def _image(path: Path) -> RequestFile:
    from chatglm_desktop.core.provider import RequestFile

    media_type = _IMAGES.get(path.suffix.lower())
    if media_type is None:
        raise FileRefused(f"{path.name} is no JPEG, PNG or WebP picture.")
    try:
        if path.stat().st_size > _LARGEST_IMAGE:
            raise FileRefused(f"{path.name} is larger than 5 MB.")
        return RequestFile(path.name, media_type, path.read_bytes())
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be read: {error.strerror}") from error


async def _stream(service: Service, question: str, printer: Printer) -> None:
    from contextlib import aclosing

    from chatglm_desktop.chat.waiting import Waiting
    from chatglm_desktop.core.messages import Message, Role, TextPart

    branch = [Message("question", Role.USER, (TextPart(question),), 0.0)]
    async with aclosing(service.stream(branch, Waiting(printer.wait))) as deltas:
        async for delta in deltas:
            printer.take(delta)


async def list_models(
    services: Services, account: Account, verb: ListModels, out: TextIO, err: TextIO
) -> int:
    """Print the models of ``account``; says on ``err`` why its own list is not among them."""
    listed = await services.catalogue.models(account)
    for model in listed.models:
        print(_model_line(account, model, as_json=verb.json), file=out)
    if listed.failure is None:
        if not listed.models:
            print("This service lists no models.", file=err)
        return 0
    from chatglm_desktop.core.errors import failure_kind, filled

    summary = filled(failure_kind(listed.failure).summary, listed.failure.host, "the service")
    print(f"The service's own list could not be read: {summary}", file=err)
    return 0 if listed.models else 1


def _model_line(account: Account, model: ModelInfo, *, as_json: bool) -> str:
    if as_json:
        values = to_plain(model) | {"account": account.name}
        return json.dumps(values, ensure_ascii=False)
    marks = [
        "free" if model.free else "",
        "pictures" if "image" in model.inputs else "",
        f"{model.context} tokens" if model.context else "",
        "retired" if model.retired else "",
    ]
    return "\t".join([model.id, ", ".join(filter(None, marks))]).rstrip()
