# SPDX-License-Identifier: MIT
"""What the user chose and where files lie: options, paths, secrets; knows no window, no network."""
