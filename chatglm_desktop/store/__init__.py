# SPDX-License-Identifier: MIT
"""Saved conversations in SQLite; the only place with SQL; knows neither providers nor windows."""

from __future__ import annotations

from chatglm_desktop.store.store import Store

__all__ = ["Store"]
