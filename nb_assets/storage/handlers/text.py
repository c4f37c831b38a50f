"""Text and bytes, stored as themselves."""

from __future__ import annotations

from typing import BinaryIO, Final

from nb_assets.storage.handlers.handler import Summary, UnfaithfulError


class TextHandler:
    """Stores a `str` as UTF-8."""

    name: Final = "text"
    suffix: Final = ".txt"

    def matches(self, value: object) -> bool:
        """Tell whether it is a plain text; a subclass may carry more."""
        return type(value) is str

    def summarise(self, value: str) -> Summary:
        """Give its length."""
        return Summary(f"text, {len(value):,} character{'' if len(value) == 1 else 's'}")

    def write(self, value: str, file: BinaryIO) -> None:
        """Write it as it is, line ends included."""
        try:
            file.write(value.encode())
        except UnicodeEncodeError as error:
            raise UnfaithfulError("lone surrogates have no UTF-8") from error

    def read(self, file: BinaryIO) -> str:
        """Read it back."""
        return file.read().decode()


class BytesHandler:
    """Stores `bytes` as they are."""

    name: Final = "bytes"
    suffix: Final = ".bin"

    def matches(self, value: object) -> bool:
        """Tell whether they are plain bytes."""
        return type(value) is bytes

    def summarise(self, value: bytes) -> Summary:
        """Give their number."""
        return Summary(f"{len(value):,} byte{'' if len(value) == 1 else 's'}")

    def write(self, value: bytes, file: BinaryIO) -> None:
        """Write them."""
        file.write(value)

    def read(self, file: BinaryIO) -> bytes:
        """Read them back."""
        return file.read()
