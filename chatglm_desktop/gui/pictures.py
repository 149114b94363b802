# SPDX-License-Identifier: MIT
"""The pictures of a page: asked for, on their way, there or failed; loads none itself."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from chatglm_desktop.core.pictures import PictureProblem

PictureState: TypeAlias = Literal["hidden", "loading", "shown"] | PictureProblem

_KEPT_BYTES = 96 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Picture:
    """A file and the picture in it, perhaps scaled down."""

    data: bytes
    image: QImage

    @property
    def size(self) -> int:
        """Bytes that it takes in memory."""
        return len(self.data) + self.image.sizeInBytes()


class Pictures(QObject):
    """Pictures by address, in memory only; those used last are kept.

    Emits ``wanted(address)`` when one is to be loaded, whereupon the owner calls :meth:`take`
    or :meth:`fail`, ``unwanted(address)`` when it is not to be loaded any more, and ``changed()``.
    """

    wanted = Signal(str)
    unwanted = Signal(str)
    changed = Signal()

    def __init__(self, parent: QObject | None = None, kept_bytes: int = _KEPT_BYTES) -> None:
        super().__init__(parent)
        self._kept_bytes = kept_bytes
        self._bytes = 0
        self._states: dict[str, PictureState] = {}
        self._pictures: OrderedDict[str, Picture] = OrderedDict()

    def state(self, address: str) -> PictureState:
        return self._states.get(address, "hidden")

    def ask(self, address: str) -> None:
        """Have a picture loaded that is neither there nor on its way."""
        if self.state(address) in ("loading", "shown"):
            return
        self._states[address] = "loading"
        self.changed.emit()
        self.wanted.emit(address)

    def cancel(self, address: str) -> None:
        """Do without a picture that is on its way."""
        if self.state(address) == "loading":
            del self._states[address]
            self.unwanted.emit(address)
            self.changed.emit()

    def cancel_all(self) -> None:
        for address in [a for a, state in self._states.items() if state == "loading"]:
            self.cancel(address)

    def take(self, address: str, data: bytes, image: QImage) -> None:
        """Here is a picture that was wanted."""
        if self.state(address) != "loading":
            return
        self._states[address] = "shown"
        self._pictures[address] = picture = Picture(data, image)
        self._bytes += picture.size
        self._drop_oldest()
        self.changed.emit()

    def fail(self, address: str, problem: PictureProblem) -> None:
        """A picture that was wanted cannot be had."""
        if self.state(address) == "loading":
            self._states[address] = problem
            self.changed.emit()

    def get(self, address: str) -> Picture | None:
        """A picture that is shown; it counts as used."""
        picture = self._pictures.get(address)
        if picture is not None:
            self._pictures.move_to_end(address)
        return picture

    def _drop_oldest(self) -> None:
        while self._bytes > self._kept_bytes and len(self._pictures) > 1:
            address, picture = self._pictures.popitem(last=False)
            self._bytes -= picture.size
            del self._states[address]
