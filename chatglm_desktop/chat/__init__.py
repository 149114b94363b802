# SPDX-License-Identifier: MIT
"""The verbs on conversations; asyncio without Qt, constructs neither provider nor store."""
