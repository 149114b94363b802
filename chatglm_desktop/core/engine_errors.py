# SPDX-License-Identifier: MIT
"""What can go wrong with a model file on this computer; the tree stands in ``core.errors``."""

from __future__ import annotations

from chatglm_desktop.core.chat_error import ChatError


class EngineMissing(ChatError):
    summary = "The engine for model files is not installed."
    hint = (
        "Install it with “pip install chatglm-desktop[local]”, or run the file with Ollama or "
        "LM Studio, which this app finds by itself."
    )


class EngineNotIncluded(EngineMissing):
    summary = "This package of the app has no engine for model files."
    hint = (
        "Run the file with Ollama or LM Studio, which this app finds by itself. The engine comes "
        "only with an app that was installed by “pip install chatglm-desktop[local]”."
    )


class EngineFailed(ChatError):
    summary = "The model file could not be run."
    hint = "It may be damaged, too new for the engine, or too large for this computer's memory."
    retryable = True


class ModelFileUnreadable(EngineFailed):
    summary = "The model file cannot be opened."
    hint = "It may have been moved or deleted, or you may not read it. Choose it again."


class NotAModelFile(EngineFailed):
    summary = "The file holds no language model."
    hint = (
        "Choose a whole model in the GGUF format, not an adapter, an image encoder or a "
        "vocabulary. Its name usually ends in “.gguf”."
    )
    retryable = False


class ModelFileIncomplete(EngineFailed):
    summary = "The model file is incomplete or damaged."
    hint = (
        "Download it again. A model that is split into several files needs all of them in one "
        "folder."
    )
    retryable = False


class ModelFileVersion(EngineFailed):
    summary = "The model file has a version of its format that this app does not read."
    hint = "Update the app, or download the model in the usual version."
    retryable = False
