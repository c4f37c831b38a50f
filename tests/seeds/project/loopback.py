"""Leads requests for New York's open data to a server on this machine: the tests have no network.

`requests` itself is the real one. Each of its sessions mounts the adapter that this puts in place of its own.
"""

from __future__ import annotations

import os
from typing import Any

import requests
from requests.adapters import HTTPAdapter

PORTAL = "https://data.cityofnewyork.us"


class Loopback(HTTPAdapter):
    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        assert request.url is not None
        assert request.url.startswith(PORTAL), request.url
        request.url = os.environ["LOOPBACK"] + request.url.removeprefix(PORTAL)
        return super().send(request, **options)


requests.sessions.HTTPAdapter = Loopback  # type: ignore[misc]
