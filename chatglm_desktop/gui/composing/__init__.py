# SPDX-License-Identifier: MIT
"""What stands round the draft: model, options, snippets and the count of tokens."""
