# SPDX-License-Identifier: MIT
"""The base of all errors that a user can act on, and how one is stored; knows no kind of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Failure:
    """A :class:`ChatError` as a storable value.

    ``kind`` is the error's class name, ``words`` the service's own message, ``details``
    what a bug report needs (never a secret), ``retry_after`` seconds, ``host`` who was asked,
    ``code`` the service's own number for it.
    """

    kind: str
    words: str = ""
    status: int | None = None
    details: str = ""
    retry_after: float | None = None
    host: str = ""
    code: str = ""


def filled(text: str, host: str, nobody: str) -> str:
    """``text`` with ``host`` in it; with ``nobody``, as a sentence, where that is not known."""
    told = text.format(host=host or nobody)
    return told if host else told[:1].upper() + told[1:]


class ChatError(Exception):
    """Base of all known errors of a reply.

    ``summary`` and ``hint`` are English catalogue keys, in which ``{host}`` stands for who was
    asked.
    """

    summary: ClassVar[str] = "Something went wrong."
    hint: ClassVar[str] = "Try again."
    retryable: ClassVar[bool] = False

    def __init__(
        self,
        words: str = "",
        *,
        http_status: int | None = None,
        details: str = "",
        retry_after: float | None = None,
        host: str = "",
        code: str = "",
    ) -> None:
        super().__init__(words or self.summary)
        self.words = words
        self.http_status = http_status
        self.details = details
        self.retry_after = retry_after
        self.host = host
        # aiohttp's errors, which some of these are too, call the status "code".
        self.service_code = code

    def __str__(self) -> str:
        code = f" ({self.service_code})" if self.service_code else ""
        summary = self.told(self.summary)
        return f"{summary} ({self.words}{code})" if self.words else summary

    def told(self, text: str) -> str:
        """``summary`` or ``hint`` in English, with the host in it."""
        return filled(text, self.host, "the service")

    @property
    def failure(self) -> Failure:
        """This error as a value that can be stored and shown later."""
        # Late: the list of all kinds needs this class.
        from chatglm_desktop.core.errors import error_kind

        return Failure(
            kind=error_kind(type(self)).__name__,
            words=self.words,
            status=self.http_status,
            details=self.details,
            retry_after=self.retry_after,
            host=self.host,
            code=self.service_code,
        )
