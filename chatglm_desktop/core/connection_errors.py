# SPDX-License-Identifier: MIT
"""What can go wrong on the way to a service, up to the time that it takes; knows no transport.

``host`` of such an error is who was not reached: with an error of a proxy, the proxy.
"""

from __future__ import annotations

from chatglm_desktop.core.chat_error import ChatError


class ConnectionFailed(ChatError):
    summary = "No connection to the service."
    hint = "Check the network and the proxy, then try again."
    retryable = True


class AddressUnusable(ConnectionFailed):
    summary = "The address of the service cannot be used."
    hint = "It must begin with http:// or https:// and name a host. Check it in the settings."
    retryable = False


class HostNotFound(ConnectionFailed):
    summary = "{host} was not found."
    hint = "Check the network, and the address in the settings."


class NoSecureConnection(ConnectionFailed):
    summary = "No secure connection to {host} could be made."
    hint = (
        "If the server does not use HTTPS, its address begins with http://. Otherwise something "
        "on the way may disturb the connection."
    )


class CertificateRefused(ConnectionFailed):
    summary = "The certificate of {host} is not trusted."
    hint = (
        "If your company or your server makes its own certificates, choose its CA file in the "
        "network settings. If not, somebody may be listening."
    )
    retryable = False


class CaFileUnusable(ConnectionFailed):
    summary = "The CA file cannot be used."
    hint = "Choose a PEM file with certificates in the network settings, or none."
    retryable = False


class ProxyUnusable(ConnectionFailed):
    summary = "The proxy cannot be used as it is set."
    hint = (
        "Write its address like http://host:port or socks5://host:port in the network settings, "
        "or switch it off."
    )
    retryable = False


class ProxyNotReached(ConnectionFailed):
    summary = "There is no connection to the proxy {host}."
    hint = "Check that it runs, and its address in the network settings; or switch it off."


class ProxyLoginRefused(ConnectionFailed):
    summary = "The proxy {host} does not accept the login."
    hint = "Check its user and its password in the network settings."
    retryable = False


class ProxyRefused(ConnectionFailed):
    summary = "The proxy {host} does not let the connection through."
    hint = "It may not reach or not allow the address. Try again, or choose another proxy."


class ServerNotRunning(ChatError):
    summary = "No server is running at {host}."
    hint = "Start it on this computer, then try again."
    retryable = True


class TimedOut(ChatError):
    summary = "The service did not answer in time."
    hint = "Try again; if it goes on, check the network and the proxy."
    retryable = True


class ConnectTimedOut(TimedOut):
    summary = "No connection to {host} in time."
    hint = (
        "The time for connecting has run out. Check the network and the proxy, then try again; "
        "the settings can allow more time."
    )


class FirstTokenTimedOut(TimedOut):
    summary = "{host} did not begin to answer in time."
    hint = (
        "The time until the first word has run out. The service may be overloaded or still "
        "loading the model; the settings can allow more time."
    )


class IdleTimedOut(TimedOut):
    summary = "The answer from {host} stopped in its middle."
    hint = "Nothing came for too long. What arrived is kept; the settings can allow more time."
