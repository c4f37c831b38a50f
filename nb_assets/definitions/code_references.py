"""Where the code of assets is, as metadata: a file and a line here, or a page where the project is kept."""

from __future__ import annotations

import inspect
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nb_assets.definitions.assets_definition import AssetsDefinition
from nb_assets.definitions.metadata_kinds import Parts
from nb_assets.errors import DefinitionError

if TYPE_CHECKING:
    from typing_extensions import Self

    from nb_assets.definitions.asset_spec import AssetSpec

CODE_REFERENCES = "dagster/code_references"
# How the addresses of pages go on after that of the repository.
_TREES = {"github": "tree", "gitlab": "-/tree"}


@dataclass(frozen=True)
class LocalFileCodeReference:
    """A line of a file on this machine."""

    file_path: str
    line_number: int | None = None
    label: str | None = None

    @property
    def source(self) -> str:
        """The file with its line."""
        return f"{self.file_path}:{self.line_number}" if self.line_number else self.file_path


@dataclass(frozen=True)
class UrlCodeReference:
    """A page that shows the code."""

    url: str
    label: str | None = None

    @property
    def source(self) -> str:
        """The address of the page."""
        return self.url


CodeReference = LocalFileCodeReference | UrlCodeReference


@dataclass(frozen=True)
class CodeReferencesMetadataValue(Parts):
    """Where the code of an asset is: lines of files, or pages."""

    kind = "code_references"
    code_references: Sequence[CodeReference]

    def __post_init__(self) -> None:
        for each in self.code_references:
            if not isinstance(each, (LocalFileCodeReference, UrlCodeReference)):
                raise DefinitionError(
                    f"a code reference is a LocalFileCodeReference or a UrlCodeReference, not {each!r}."
                )
        object.__setattr__(self, "code_references", list(self.code_references))

    def as_text(self) -> str:
        """Return each file or page on a line of its own."""
        return "\n".join(each.source for each in self.code_references)

    def payload(self) -> Any:
        """Return the parts of each reference."""
        return [asdict(each) for each in self.code_references]

    @classmethod
    def of_payload(cls, payload: Any) -> Self:
        """Return the value of the parts."""
        return cls(
            [
                UrlCodeReference(**each) if "url" in each else LocalFileCodeReference(**each)
                for each in payload
            ]
        )


class FilePathMapping(ABC):
    """Says where files of this machine are in a repository."""

    @abstractmethod
    def convert_to_source_control_path(self, local_path: Path) -> str:
        """Return the path of a file from the root of the repository."""


@dataclass
class AnchorBasedFilePathMapping(FilePathMapping):
    """Says where files are by one of which it is known: the others lie around it as they do here."""

    local_file_anchor: Path
    file_anchor_path_in_repository: str

    def convert_to_source_control_path(self, local_path: Path) -> str:
        """Return the path of a file from the root of the repository."""
        away = os.path.relpath(local_path, self.local_file_anchor)
        return os.path.normpath(os.path.join(self.file_anchor_path_in_repository, away))  # noqa: PTH118 - of another machine


def with_source_code_references(assets_defs: Sequence[Any]) -> list[Any]:
    """Return definitions that say in their metadata where their functions are. What has no function stays as it is."""
    return [_with_source(item) if isinstance(item, AssetsDefinition) else item for item in assets_defs]


def link_code_references_to_git(
    assets_defs: Sequence[Any],
    git_url: str,
    git_branch: str,
    file_path_mapping: FilePathMapping,
) -> list[Any]:
    """Return definitions whose code references are pages of a repository in place of files of this machine.

    Parameters
    ----------
    git_url, git_branch
        Where the repository is, on GitHub or GitLab, and the branch that is shown.
    file_path_mapping
        Where files of this machine are in it.

    Raises
    ------
    DefinitionError
        When the repository is elsewhere.
    """
    base = _pages_of(git_url, git_branch)

    def linked(reference: CodeReference) -> CodeReference:
        if isinstance(reference, UrlCodeReference):
            return reference
        path = file_path_mapping.convert_to_source_control_path(Path(reference.file_path))
        line = f"#L{reference.line_number}" if reference.line_number else ""
        return UrlCodeReference(f"{base}/{path}{line}", reference.label)

    return [
        _with_references(item, lambda references: [linked(each) for each in references])
        if isinstance(item, AssetsDefinition)
        else item
        for item in assets_defs
    ]


def _pages_of(git_url: str, git_branch: str) -> str:
    for host, tree in _TREES.items():
        if host in git_url:
            return f"{git_url.rstrip('/')}/{tree}/{git_branch}"
    raise DefinitionError(
        f"links can be made to repositories on GitHub and GitLab, and {git_url!r} is on neither."
    )


def _with_source(definition: AssetsDefinition) -> AssetsDefinition:
    fn = inspect.unwrap(definition.compute.fn)
    try:
        file, line = inspect.getsourcefile(fn), inspect.getsourcelines(fn)[1]
    except (OSError, TypeError):
        return definition
    if file is None or not definition.is_executable:
        return definition
    here = LocalFileCodeReference(str(Path(file).absolute()), line)
    return _with_references(definition, lambda references: [*references, here])


def _with_references(
    definition: AssetsDefinition, change: Callable[[Sequence[CodeReference]], Sequence[CodeReference]]
) -> AssetsDefinition:
    def changed(spec: AssetSpec) -> AssetSpec:
        known = spec.metadata.get(CODE_REFERENCES)
        before = known.code_references if isinstance(known, CodeReferencesMetadataValue) else []
        after = change(before)
        if not after:
            return spec
        value = CodeReferencesMetadataValue(code_references=list(after))
        return spec.replace_attributes(metadata={**spec.metadata, CODE_REFERENCES: value})

    return definition.with_specs(changed)


def file_relative_path(dunderfile: str, relative_path: str) -> str:
    """Return the path of a file that is told from the folder of another, usually `__file__`."""
    return str(Path(dunderfile).parent / relative_path)
