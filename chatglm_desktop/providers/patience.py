# SPDX-License-Identifier: MIT
"""How long a request waits at each of its steps; knows no transport."""

from __future__ import annotations

from dataclasses import dataclass, replace

from yarl import URL

from chatglm_desktop.core.network import NetworkOptions
from chatglm_desktop.core.places import place_of


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, the first event, the next event.

    The first two both count from the beginning. A reasoning model may think for minutes without
    a word, hence the long silence.
    """

    connect: float = 30.0
    first_event: float = 120.0
    silence: float = 300.0

    @classmethod
    def of(cls, timeout: object, patience: object = None) -> Patience:
        """``patience``, or the usual one for None, with so many seconds of silence to bear.

        A ``timeout`` of None leaves those as they are. Raises TypeError for what is neither
        patience nor a number.
        """
        chosen = cls() if patience is None else patience
        if not isinstance(chosen, cls):
            raise TypeError(f"patience is a Patience, not a {type(patience).__name__}")
        if timeout is None:
            return chosen
        if isinstance(timeout, bool) or not isinstance(timeout, int | float):
            kind = type(timeout).__name__
            raise TypeError(f"timeout is a number of seconds, not a {kind}")
        return replace(chosen, first_event=timeout, silence=timeout)


def patience_for(url: str, options: NetworkOptions) -> Patience:
    """What the user chose; a server on this computer may have to load a model first.

    A time that is none, as one that was typed into the file, is the usual one.
    """
    try:
        nearby = place_of(URL(url).raw_host or "") == "loopback"
    except ValueError:
        nearby = False
    usual = NetworkOptions()
    names = ("connect", "first_token_local" if nearby else "first_token", "idle")
    connect, first, idle = (
        getattr(options if getattr(options, name) > 0 else usual, name) for name in names
    )
    return Patience(connect, first, idle)
