# SPDX-License-Identifier: MIT
"""Everything that can go wrong in words a user understands; knows no transport and no widget.

::

    ChatError                 something the user can read and act on
    ├─ NotConfigured          no key or no address
    │  └─ NoModelChosen       all but a model
    ├─ ModelNotFound          the provider does not know this model
    ├─ InvalidRequest         the service says that the request is malformed
    ├─ AuthFailed             the service wants a login
    ├─ KeyRejected            the service does not accept the key
    │  └─ KeyMissing          it wants one, and none was sent
    ├─ AccountRefused         the account exists, but may not do this
    ├─ AccessDenied           a firewall or policy refuses this client
    ├─ QuotaExceeded          the free quota is used up
    ├─ NoBalance              the account has no money left
    ├─ LimitReached           a limit of the plan, until its window is over
    ├─ RateLimited            too many requests
    ├─ Busy                   another reply of the same account is still running
    ├─ ContentFiltered        moderation stopped the answer
    ├─ ContextTooLong         the conversation does not fit into the model
    ├─ FileRefused            a file that the service would not take
    ├─ ProviderUnavailable    overloaded, under maintenance or failing
    ├─ ConnectionFailed       a connection that is refused, dropped or impossible
    │  ├─ AddressUnusable     the service's address is none
    │  ├─ HostNotFound        nobody knows the host's address
    │  ├─ NoSecureConnection  no TLS: perhaps a server without it
    │  ├─ CertificateRefused  a certificate that nobody vouches for
    │  ├─ CaFileUnusable      the file of trusted certificates is none
    │  ├─ ProxyUnusable       the proxy's settings make no sense
    │  ├─ ProxyNotReached     the proxy does not answer
    │  ├─ ProxyLoginRefused   the proxy wants another user or password
    │  └─ ProxyRefused        the proxy does not reach or not allow the host
    ├─ ServerNotRunning       nothing listens at an address of this computer
    ├─ WrongAddress           something answers there, but no chat service
    ├─ TimedOut               nothing arrived for too long
    │  ├─ ConnectTimedOut     no connection
    │  ├─ FirstTokenTimedOut  connected, but not one word
    │  └─ IdleTimedOut        the answer stopped in its middle
    ├─ EmptyReply             the service answered with nothing
    ├─ IncompleteReply        the stream ended before the reply did
    ├─ ProtocolError          the reply did not make sense
    ├─ EngineMissing          what runs model files is not installed
    │  └─ EngineNotIncluded   nor can it be: the app is a frozen one
    ├─ EngineFailed           the model file could not be loaded, or its process died
    │  ├─ ModelFileUnreadable not there, or not to be read
    │  ├─ NotAModelFile       no GGUF file, or one without a language model
    │  ├─ ModelFileIncomplete truncated, damaged, or some of its parts are missing
    │  └─ ModelFileVersion    too old or too new
    └─ ImportFailed           a file of conversations that was not taken in
       ├─ ImportUnreadable    not there, or not to be read
       ├─ NotAnExport         no file of a program that is known
       │  └─ ExportIsCopy     a database of another program
       ├─ ExportDamaged       truncated, or not what it says it is
       ├─ ExportTooLarge      more than can be read
       └─ ExportTooNew        written by a newer version

    StoreError                the database cannot be used
    ├─ DatabaseTooNew         written by a newer version
    ├─ DatabaseForeign        written by another program
    ├─ DataFolderMissing      perhaps on a drive that is not connected
    ├─ NotMoved               to the folder that was chosen
    ├─ CopyUnreadable         a file that was to be restored
    ├─ DatabaseDamaged        not a database, or broken
    ├─ DiskFull               no space left
    └─ StoreReadOnly          may not be written
"""

from __future__ import annotations

from chatglm_desktop.core.chat_error import ChatError, Failure, filled
from chatglm_desktop.core.connection_errors import (
    AddressUnusable,
    CaFileUnusable,
    CertificateRefused,
    ConnectionFailed,
    ConnectTimedOut,
    FirstTokenTimedOut,
    HostNotFound,
    IdleTimedOut,
    NoSecureConnection,
    ProxyLoginRefused,
    ProxyNotReached,
    ProxyRefused,
    ProxyUnusable,
    ServerNotRunning,
    TimedOut,
)
from chatglm_desktop.core.engine_errors import (
    EngineFailed,
    EngineMissing,
    EngineNotIncluded,
    ModelFileIncomplete,
    ModelFileUnreadable,
    ModelFileVersion,
    NotAModelFile,
)
from chatglm_desktop.core.import_errors import (
    ExportDamaged,
    ExportIsCopy,
    ExportTooLarge,
    ExportTooNew,
    ImportFailed,
    ImportUnreadable,
    NotAnExport,
)
from chatglm_desktop.core.store_errors import (
    CopyUnreadable,
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseTooNew,
    DataFolderMissing,
    DiskFull,
    NotMoved,
    StoreError,
    StoreReadOnly,
)

__all__ = [
    "AccessDenied",
    "AccountRefused",
    "AddressUnusable",
    "AuthFailed",
    "Busy",
    "CaFileUnusable",
    "CertificateRefused",
    "ChatError",
    "ConnectTimedOut",
    "ConnectionFailed",
    "ContentFiltered",
    "ContextTooLong",
    "CopyUnreadable",
    "DataFolderMissing",
    "DatabaseDamaged",
    "DatabaseForeign",
    "DatabaseTooNew",
    "DiskFull",
    "EmptyReply",
    "EngineFailed",
    "EngineMissing",
    "EngineNotIncluded",
    "ExportDamaged",
    "ExportIsCopy",
    "ExportTooLarge",
    "ExportTooNew",
    "Failure",
    "FileRefused",
    "FirstTokenTimedOut",
    "HostNotFound",
    "IdleTimedOut",
    "ImportFailed",
    "ImportUnreadable",
    "IncompleteReply",
    "InvalidRequest",
    "KeyMissing",
    "KeyRejected",
    "LimitReached",
    "ModelFileIncomplete",
    "ModelFileUnreadable",
    "ModelFileVersion",
    "ModelNotFound",
    "NoBalance",
    "NoModelChosen",
    "NoSecureConnection",
    "NotAModelFile",
    "NotAnExport",
    "NotConfigured",
    "NotMoved",
    "ProtocolError",
    "ProviderUnavailable",
    "ProxyLoginRefused",
    "ProxyNotReached",
    "ProxyRefused",
    "ProxyUnusable",
    "QuotaExceeded",
    "RateLimited",
    "ServerNotRunning",
    "StoreError",
    "StoreReadOnly",
    "TimedOut",
    "WrongAddress",
    "error_kind",
    "error_kinds",
    "failure_kind",
    "filled",
]


class NotConfigured(ChatError):
    summary = "This service is not set up yet."
    hint = "Add an API key, or choose another service."


class NoModelChosen(NotConfigured):
    summary = "No model is chosen."
    hint = "Choose one of the models that it offers."


class ModelNotFound(ChatError):
    summary = "This service does not know the model."
    hint = "Choose one of the models that it offers."


class InvalidRequest(ChatError):
    summary = "The service did not accept the request."
    hint = "Start a new conversation, or choose another service."


class AuthFailed(ChatError):
    summary = "The service asks for a login."
    hint = "Guests are not accepted at the moment. Add an API key, or try the demo."


class KeyRejected(ChatError):
    summary = "{host} does not accept the API key."
    hint = (
        "A key works only with the host that issued it, and not after it was deleted there. "
        "Check the key and the address in the settings."
    )


class KeyMissing(KeyRejected):
    summary = "{host} asks for an API key."
    hint = "None is kept for this service. Enter one in the settings, or choose another service."


class AccountRefused(ChatError):
    summary = "{host} does not allow this to your account."
    hint = "Look at the account there: its state, its plan and what they include."


class AccessDenied(ChatError):
    summary = "The service refuses this app."
    hint = (
        "The free guest service is unofficial and may be closed. Add an API key, or try the demo."
    )


class QuotaExceeded(ChatError):
    summary = "The free quota of this computer is used up."
    hint = "Add an API key of your own, or try again tomorrow."


class NoBalance(ChatError):
    summary = "The account at {host} has no balance left."
    hint = "Waiting does not help. Add money there, or choose a free model."


class LimitReached(ChatError):
    summary = "A limit of your plan at {host} is reached."
    hint = "It ends at the time that the service names. Until then choose another service."


class RateLimited(ChatError):
    summary = "Too many requests in a short time."
    hint = "Wait a moment, then try again."
    retryable = True


class Busy(ChatError):
    summary = "The service is still working on another reply of yours."
    hint = "Wait until it has finished, then try again."
    retryable = True


class ContentFiltered(ChatError):
    summary = "The service stopped this answer."
    hint = "Its content rules do not allow it. Change the question and ask again."


class ContextTooLong(ChatError):
    summary = "The conversation is too long for this model."
    hint = "Begin a new conversation, send less, or choose a model with a larger context."


class FileRefused(ChatError):
    summary = "A file cannot be sent to this model."
    hint = "Take it out and send again, or choose a model that reads such files."


class ProviderUnavailable(ChatError):
    summary = "The service cannot answer at the moment."
    hint = "It may be overloaded. Try again in a minute."
    retryable = True


class WrongAddress(ChatError):
    summary = "There is no chat service at this address of {host}."
    hint = (
        "Check the address in the settings. That of most servers ends in /v1; that of GLM ends "
        "in /v4."
    )


class EmptyReply(ChatError):
    summary = "The service sent an empty answer."
    hint = "Try again."
    retryable = True


class IncompleteReply(ChatError):
    summary = "The answer broke off before its end."
    hint = "What arrived is kept. Try again for a complete answer."
    retryable = True


class ProtocolError(ChatError):
    summary = "The service's answer could not be read."
    hint = "Try again; if it goes on, the service may have changed."
    retryable = True


_KINDS: tuple[type[ChatError], ...] = (
    NoModelChosen,
    NotConfigured,
    ModelNotFound,
    InvalidRequest,
    AuthFailed,
    KeyMissing,
    KeyRejected,
    AccountRefused,
    AccessDenied,
    QuotaExceeded,
    NoBalance,
    LimitReached,
    RateLimited,
    Busy,
    ContentFiltered,
    ContextTooLong,
    FileRefused,
    ProviderUnavailable,
    AddressUnusable,
    HostNotFound,
    NoSecureConnection,
    CertificateRefused,
    CaFileUnusable,
    ProxyUnusable,
    ProxyNotReached,
    ProxyLoginRefused,
    ProxyRefused,
    ConnectionFailed,
    ServerNotRunning,
    WrongAddress,
    ConnectTimedOut,
    FirstTokenTimedOut,
    IdleTimedOut,
    TimedOut,
    EmptyReply,
    IncompleteReply,
    ProtocolError,
    EngineNotIncluded,
    EngineMissing,
    ModelFileUnreadable,
    NotAModelFile,
    ModelFileIncomplete,
    ModelFileVersion,
    EngineFailed,
    ImportUnreadable,
    ExportIsCopy,
    NotAnExport,
    ExportDamaged,
    ExportTooLarge,
    ExportTooNew,
    ImportFailed,
    ChatError,
)


def error_kinds() -> tuple[type[ChatError], ...]:
    """Every kind of error of the tree, the most general last."""
    return _KINDS


def error_kind(error: type[ChatError]) -> type[ChatError]:
    """The kind in the tree that ``error`` (perhaps a transport's own subclass) belongs to."""
    return next(kind for kind in _KINDS if issubclass(error, kind))


def failure_kind(failure: Failure) -> type[ChatError]:
    """The kind that a stored failure names; one that a newer version wrote is a ChatError."""
    return next((kind for kind in _KINDS if kind.__name__ == failure.kind), ChatError)
