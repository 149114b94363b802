# SPDX-License-Identifier: MIT
"""Connects through a SOCKS proxy and says what went wrong there; chooses no proxy."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import TYPE_CHECKING

import aiohttp
from aiohttp_socks import (
    ProxyConnectionError,
    ProxyConnector,
    ProxyError,
    ProxyTimeoutError,
    ProxyType,
)

from chatglm_desktop.core.errors import ProxyLoginRefused, ProxyNotReached, ProxyRefused
from chatglm_desktop.providers.errors import ProxyFault, host_of

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

    from chatglm_desktop.providers.proxies import ProxyServer


class SocksConnector(ProxyConnector):
    """Tells what goes wrong at a SOCKS proxy by errors of aiohttp, which its callers expect."""

    def __init__(self, server: ProxyServer, context: ssl.SSLContext) -> None:
        super().__init__(
            host=server.host,
            port=server.port,
            proxy_type=ProxyType.SOCKS4 if server.kind == "socks4" else ProxyType.SOCKS5,
            username=server.user or None,
            password=server.password or None,
            rdns=server.kind != "socks5-local",
            ssl=context,
        )
        self._name = host_of(server.address)

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 # aiohttp's own name
    ) -> Connection:
        try:
            return await super().connect(req, traces, timeout)
        except ProxyTimeoutError as error:
            raise TimeoutError from error
        except ProxyConnectionError as error:
            fault = ProxyNotReached(details=str(error), host=self._name)
            raise ProxyFault(fault) from error
        except (ProxyError, ConnectionError, asyncio.IncompleteReadError) as error:
            raise ProxyFault(self._refusal(str(error))) from error
        except ssl.SSLCertVerificationError as error:
            raise aiohttp.ClientConnectorCertificateError(req.connection_key, error) from error
        except ssl.SSLError as error:
            raise aiohttp.ClientConnectorSSLError(req.connection_key, error) from error
        except socket.gaierror as error:
            raise aiohttp.ClientConnectorDNSError(req.connection_key, error) from error

    def _refusal(self, words: str) -> ProxyRefused | ProxyLoginRefused:
        """The library has no number for a login that is refused, as it has for other refusals."""
        kind = ProxyLoginRefused if "authentication" in words else ProxyRefused
        return kind(details=f"SOCKS: {words}", host=self._name)
