"""Tables kept between processes: the same facts and findings, whatever becomes of the files that keep them."""

import shutil
from pathlib import Path

import pytest

from planner.economy import Economy, load
from planner.economy import economy as loading
from planner.economy.reading import kept as keeping
from planner.economy.reading import laying
from planner.shipped import shipped


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("inputs") / "two_goods", tmp_path / "two_goods"))


def again(folder: Path, **asked: object) -> Economy:
    """As another process would load it."""
    loading._KEPT.clear()
    return load(folder, **asked)


def files(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.tables"))


def test_what_was_kept_is_what_the_files_say(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = again(folder, scenario="open_trade")
    assert len(files(cache)) == 1
    monkeypatch.setattr(laying, "laid", lambda *_: pytest.fail("read again"))
    second = again(folder, scenario="open_trade")
    assert second == first
    assert (second.warnings, list(second.files.items())) == (first.warnings, list(first.files.items()))
    for name, frame in first.tables.items():
        assert frame.equals(second.tables[name])
        assert frame.dtypes.equals(second.tables[name].dtypes)


def test_a_changed_file_is_read_again(cache: Path, folder: Path) -> None:
    before = again(folder)
    supply = folder / "supply.csv"
    supply.write_text(supply.read_text().replace(",300,", ",301,"))
    assert again(folder) != before
    assert len(files(cache)) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data.replace(b"corn", b"horn", 1),
        lambda data: b"cposix\nsystem\n(S'exit 1'\ntR.",
        lambda data: data.split(b"\n", 1)[0] + b"\n" + b"0" * 64 + b"\n{}\n",
    ],
)
def test_what_is_not_whole_is_passed_over_and_replaced(cache: Path, folder: Path, damage: object) -> None:
    first = again(folder)
    [path] = files(cache)
    sound = path.read_bytes()
    path.write_bytes(damage(sound))  # type: ignore[operator]
    assert again(folder) == first
    assert path.read_bytes() == sound


def test_where_nothing_can_be_written_nothing_is_kept(
    cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write_text("a file where a folder should be")
    assert again(folder) == load(folder)
    monkeypatch.setenv(keeping.VARIABLE, "")
    again(folder)
    assert cache.read_text() == "a file where a folder should be"


def test_changes_and_errors_are_not_kept(cache: Path, folder: Path) -> None:
    again(folder, changes=["supply:resource=workers,period=*:value*=1.1"])
    assert not files(cache)


def test_the_oldest_go_when_there_is_no_more_room(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again(folder)
    [first] = files(cache)
    monkeypatch.setattr(keeping, "MOST_BYTES", int(1.5 * first.stat().st_size))
    again(folder, scenario="open_trade")
    assert len(files(cache)) == 1
    assert files(cache) != [first]
