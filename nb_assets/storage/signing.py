"""The user's key, and signatures made with it, so that only this user's own pickles are ever loaded.

The key is made on first use, in the user's data folder, readable by nobody else. `NB_ASSETS_KEY_FILE` names another file.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
from pathlib import Path
from typing import BinaryIO, Final

from nb_assets.errors import StoreError

DIGEST_SIZE: Final = hashlib.sha256().digest_size
_KEY_SIZE: Final = 32


def key_path() -> Path:
    """Return the file that holds the user's key."""
    if named := os.environ.get("NB_ASSETS_KEY_FILE"):
        return Path(named).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "nb_assets" / "signing.key"


def signer() -> hmac.HMAC:
    """Return a new HMAC-SHA256 under the user's key, which is made when there is none.

    Raises
    ------
    StoreError
        When the key can be neither read nor made.
    """
    path = key_path()
    try:
        return hmac.new(_read(path) or _create(path), digestmod=hashlib.sha256)
    except OSError as error:
        raise StoreError(
            f"the key that signs pickled values cannot be used: {path}: {error.strerror or error}. Make the file "
            "readable for this user, or name another one in the environment variable NB_ASSETS_KEY_FILE."
        ) from error


def _read(path: Path) -> bytes | None:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None
    except ValueError:
        key = b""
    if len(key) < _KEY_SIZE:
        raise StoreError(
            f"{path} should hold the key that signs pickled values, {_KEY_SIZE} bytes or more in hexadecimal, but does "
            "not. Restore it from a backup, or remove it to begin with a new key: values pickled before are then "
            "materialized again."
        )
    return key


def _create(path: Path) -> bytes:
    """Make a key; when another kernel does so at the same moment, both use the one that was there first."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(_KEY_SIZE) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _publish(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    key = _read(path)
    if key is None:
        raise FileNotFoundError(2, "it was removed while it was being made", str(path))
    return key


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name, unless the name is taken."""
    try:
        os.link(temporary, path)  # Fails when the name is taken, where a rename would replace it.
    except FileExistsError:
        return
    except OSError:
        # No hard links on this file system: a rename may win over another kernel's, but never shows half a key.
        if not path.exists():
            temporary.replace(path)


class SigningWriter:
    """A file to write to that signs what it is given."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._signature = signer()

    def write(self, data: bytes) -> int:
        """Write and sign."""
        self._signature.update(data)
        self._file.write(data)
        return memoryview(data).nbytes

    def digest(self) -> bytes:
        """Return the signature of everything written."""
        return self._signature.digest()


def is_signed(data: memoryview, signature: bytes) -> bool:
    """Tell whether this user's key signed the data."""
    own = signer()
    own.update(data)
    return hmac.compare_digest(own.digest(), signature)
