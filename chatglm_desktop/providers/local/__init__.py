# SPDX-License-Identifier: MIT
"""Runs model files on this computer; knows neither the window nor any remote service."""

from chatglm_desktop.providers.local.engine import Endpoint, Engine, missing_engine
from chatglm_desktop.providers.local.model_file import model_info, open_model
from chatglm_desktop.providers.local.provider import LocalGGUF

__all__ = ["Endpoint", "Engine", "LocalGGUF", "missing_engine", "model_info", "open_model"]
