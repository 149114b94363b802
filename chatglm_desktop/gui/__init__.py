# SPDX-License-Identifier: MIT
"""The window; the only place that uses PySide6 and qasync. Knows neither providers nor the store."""
