# SPDX-License-Identifier: MIT
"""The question which service is to answer: on the first start, and after a refusal."""
