# SPDX-License-Identifier: MIT
"""Loopback servers that speak the services' protocols with scripts; they know no client code."""

from __future__ import annotations

from chatglm_desktop.demo.reply_writer import ReplyWriter
from chatglm_desktop.demo.scenarios import SCENARIOS, ReplyScript, Scenario
from chatglm_desktop.demo.server import DemoRequest, DemoServer

__all__ = [
    "SCENARIOS",
    "DemoRequest",
    "DemoServer",
    "ReplyScript",
    "ReplyWriter",
    "Scenario",
]
