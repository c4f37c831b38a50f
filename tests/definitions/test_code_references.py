"""Where the code of assets is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nb_assets import (
    AnchorBasedFilePathMapping,
    AssetSpec,
    CodeReferencesMetadataValue,
    LocalFileCodeReference,
    MetadataValue,
    UrlCodeReference,
    asset,
    file_relative_path,
    link_code_references_to_git,
    with_source_code_references,
)
from nb_assets.errors import DefinitionError

KEY = "dagster/code_references"


@asset
def here() -> int:
    return 1


def references(definition: Any) -> Any:
    return definition.spec.metadata[KEY].code_references


def test_an_asset_says_in_which_file_and_line_it_is() -> None:
    spec = AssetSpec("elsewhere")
    told, untold = with_source_code_references([here, spec])
    (reference,) = references(told)
    assert Path(reference.file_path) == Path(__file__)
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    assert lines[reference.line_number - 1] == "@asset"
    assert untold is spec
    assert KEY not in here.spec.metadata


def test_what_was_said_before_is_kept() -> None:
    known = UrlCodeReference("https://example.com", "docs")
    documented = asset(name="a", metadata={KEY: CodeReferencesMetadataValue(code_references=[known])})(
        here.compute.fn
    )
    (told,) = with_source_code_references([documented])
    assert references(told)[0] == known
    assert len(references(told)) == 2


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://github.com/o/r", "https://github.com/o/r/tree/main/src/a.py#L7"),
        ("https://gitlab.com/o/r/", "https://gitlab.com/o/r/-/tree/main/src/a.py#L7"),
    ],
)
def test_files_become_pages_of_a_repository(url: str, page: str, tmp_path: Path) -> None:
    reference = LocalFileCodeReference(str(tmp_path / "a.py"), 7)
    told = asset(name="a", metadata={KEY: CodeReferencesMetadataValue(code_references=[reference])})(
        here.compute.fn
    )
    mapping = AnchorBasedFilePathMapping(tmp_path / "b.py", "src/b.py")
    (linked,) = link_code_references_to_git([told], url, "main", mapping)
    assert references(linked) == [UrlCodeReference(page)]


def test_repositories_elsewhere_are_refused(tmp_path: Path) -> None:
    mapping = AnchorBasedFilePathMapping(tmp_path, "x")
    with pytest.raises(DefinitionError, match="GitHub and GitLab"):
        link_code_references_to_git([here], "https://example.com/o/r", "main", mapping)


def test_references_can_be_read_back() -> None:
    value = CodeReferencesMetadataValue(
        code_references=[LocalFileCodeReference("a.py", 3), UrlCodeReference("https://example.com")]
    )
    assert MetadataValue.from_json(value.to_json()) == value
    assert value.as_text() == "a.py:3\nhttps://example.com"


def test_a_path_is_told_from_the_folder_of_a_file() -> None:
    assert file_relative_path("/a/b/c.py", "d/e.csv") == "/a/b/d/e.csv"
