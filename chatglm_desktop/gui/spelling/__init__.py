# SPDX-License-Identifier: MIT
"""Words that the dictionaries of this computer do not know, marked where the user writes."""
