# SPDX-License-Identifier: MIT
"""What the codes and words of chat-completion services stand for, as data; reads no answer."""

from __future__ import annotations

from collections.abc import Mapping

from chatglm_desktop.core.errors import (
    AccountRefused,
    ChatError,
    ContentFiltered,
    ContextTooLong,
    FileRefused,
    InvalidRequest,
    KeyRejected,
    LimitReached,
    ModelNotFound,
    NoBalance,
    ProviderUnavailable,
    RateLimited,
    TimedOut,
    WrongAddress,
)

GLM_CODES: Mapping[str, type[ChatError]] = {
    "1000": KeyRejected,  # authentication failed
    "1001": KeyRejected,  # no key was sent
    "1002": KeyRejected,  # not a key
    "1003": KeyRejected,  # expired
    "1004": KeyRejected,  # not accepted
    "1100": AccountRefused,  # the account cannot be read or written
    "1110": AccountRefused,  # inactive
    "1111": AccountRefused,  # no such account
    "1112": AccountRefused,  # locked
    "1113": NoBalance,  # comes with HTTP 429
    "1120": ProviderUnavailable,  # the account cannot be reached now
    "1121": AccountRefused,  # locked for irregularities
    "1200": ProviderUnavailable,  # the call failed
    "1210": InvalidRequest,  # a wrong parameter
    "1211": ModelNotFound,
    "1212": InvalidRequest,  # the model is not called this way
    "1213": InvalidRequest,  # a parameter is missing
    "1214": InvalidRequest,  # a parameter is not valid
    "1215": InvalidRequest,  # two parameters exclude each other
    "1220": AccountRefused,  # no permission
    "1221": InvalidRequest,  # this API is retired
    "1222": InvalidRequest,  # there is no such API
    "1230": ProviderUnavailable,  # the call failed
    "1231": InvalidRequest,  # the same request was made before
    "1234": ProviderUnavailable,  # the network of the service
    "1261": ContextTooLong,
    "1300": ContentFiltered,  # blocked by a policy
    "1301": ContentFiltered,  # sensitive question or answer
    "1302": RateLimited,  # too many requests at the same time
    "1303": RateLimited,  # too often
    "1304": LimitReached,  # for today
    "1305": ProviderUnavailable,  # overloaded
    "1308": LimitReached,  # of the plan; the words hold the time of its end
    "1309": AccountRefused,  # the plan has expired
    "1310": LimitReached,  # of the week or month
    "1311": AccountRefused,  # the plan does not include the model
    "1312": ProviderUnavailable,  # the model is busy
    "1313": LimitReached,  # fair use
    "1316": LimitReached,  # of five hours
    "1317": LimitReached,  # of seven days
    "1318": LimitReached,  # what may be spent, as the next three
    "1319": LimitReached,
    "1320": LimitReached,
    "1321": LimitReached,
}
"""By the numbers of the official GLM API; a status such as 429 comes with many of them."""

NAMED_CODES: Mapping[str, type[ChatError]] = {
    "invalid_api_key": KeyRejected,
    "authentication_error": KeyRejected,
    "insufficient_quota": NoBalance,
    "insufficient_balance": NoBalance,
    "billing_hard_limit_reached": NoBalance,
    "model_not_found": ModelNotFound,
    "context_length_exceeded": ContextTooLong,
    "exceed_context_size_error": ContextTooLong,
    "rate_limit_exceeded": RateLimited,
    "content_filter": ContentFiltered,
    "content_policy_violation": ContentFiltered,
    "unavailable_error": ProviderUnavailable,
}
"""By the words that others write as a code or a type."""

WORDS: tuple[tuple[str, type[ChatError]], ...] = (
    ("context length", ContextTooLong),
    ("context size", ContextTooLong),
    ("context window", ContextTooLong),
    ("maximum context", ContextTooLong),
    ("prompt is too long", ContextTooLong),
    ("余额不足", NoBalance),
    ("欠费", NoBalance),
    ("insufficient balance", NoBalance),
    ("insufficient credit", NoBalance),
    ("more credits", NoBalance),
    ("try pulling it", ModelNotFound),
    ("no models loaded", ModelNotFound),
    ("not a valid model", ModelNotFound),
    ("incorrect api key", KeyRejected),
    ("invalid api key", KeyRejected),
    ("loading model", ProviderUnavailable),
    ("support image", FileRefused),
    ("image input", FileRefused),
    ("multimodal", FileRefused),
    ("no endpoints found", ModelNotFound),
    ("unexpected endpoint", WrongAddress),
    ("flagged", ContentFiltered),
)
"""What is said in lower case, where no code tells."""

MODEL_WORDS = ("not found", "does not exist", "not exist", "unknown model", "不存在")
"""Beside the word model: the model is what there is not."""

STATUSES: Mapping[int, type[ChatError]] = {
    401: KeyRejected,
    402: NoBalance,
    403: AccountRefused,
    408: TimedOut,
    413: ContextTooLong,
    429: RateLimited,
    434: AccountRefused,
    435: FileRefused,
}
"""What an HTTP status stands for where nothing else tells; 429 least of all."""
