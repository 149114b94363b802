# SPDX-License-Identifier: MIT
"""Runs model files on this computer; knows neither the window nor any remote service."""
