# SPDX-License-Identifier: MIT
"""The least that PySide6 can do: an empty main window that ends the program once it is painted."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class BareWindow(QMainWindow):
    """Quits when its first paint has reached the screen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


app = QApplication([])
window = BareWindow()
window.show()
sys.exit(app.exec())
