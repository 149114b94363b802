# SPDX-License-Identifier: MIT
"""The window; the only place with PySide6 and qasync; knows neither providers nor the store."""
