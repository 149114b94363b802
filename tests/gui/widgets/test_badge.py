# SPDX-License-Identifier: MIT
"""Badges differ by shape, so that nobody needs to see the colours."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.widgets.badge import Badge, badge_icon

SHOWN: tuple[Badge, ...] = ("streaming", "unread", "failed")


def shape(badge: Badge) -> QImage:
    image = badge_icon(badge, LIGHT, 16).pixmap(16, 16).toImage()
    return image.convertToFormat(QImage.Format.Format_Alpha8)


def test_no_badge_is_no_icon(qapp: QApplication) -> None:
    assert badge_icon("none", LIGHT, 16).isNull()


def test_shapes_differ(qapp: QApplication) -> None:
    streaming, unread, failed = map(shape, SHOWN)
    assert streaming != unread
    assert unread != failed
    assert failed != streaming
