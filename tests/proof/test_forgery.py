"""Runs that were forged, files signed anew, as a forger would; each is found out, and says what is wrong."""

import csv
import json
import random
import re
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

import planner
from planner.answers.base.rebuild import compared, remade
from planner.cli import main
from planner.proof.verify import seal_of, stated, verify
from planner.reporting.run.files import MANIFEST, digests, sealed


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    """An honest run."""
    folder = tmp_path_factory.mktemp("honest") / "run"
    done = CliRunner().invoke(main, ["feasibility", "two_goods", "--plan", "ambitious", "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def again(honest, tmp_path_factory):
    """The same run made anew from its data package, once for all."""
    return remade(honest, tmp_path_factory.mktemp("again"))


@pytest.fixture
def forged(honest, tmp_path):
    shutil.copytree(honest, tmp_path / "run")
    return tmp_path / "run"


def sign(run, change=lambda manifest: manifest):
    """Put a manifest there that fits the files as they are."""
    manifest = change(json.loads((run / MANIFEST).read_text(encoding="utf-8")))
    manifest.pop("seal", None)
    (run / MANIFEST).write_text(sealed(manifest, digests(run)), encoding="utf-8")


def edit(path, change):
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(change(lines))


def text(path, old, new, count=1):
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, count), encoding="utf-8")


def remark(run):
    """Let every claim of the central program name the program as it now is."""
    from planner.program.text import digest

    edit(run / "certificate.csv", lambda lines: lines)
    mark = digest(run / "program")
    old = next(line[-1] for line in csv.reader((run / "certificate.csv").open(encoding="utf-8")) if line[1] == "claim")
    text(run / "certificate.csv", old, mark, -1)


def below_a_float(run):
    text(run / "program/rows.csv", ",300.0,", ",300.00000000000000000001,")
    remark(run)


def made_up_bound(run):
    def bounded(lines):
        at = next(i for i, line in enumerate(lines) if line[0].startswith("activity("))
        lines[at][2], lines[at][7] = "1000.0", "upper"
        return lines

    edit(run / "program/columns.csv", bounded)
    remark(run)


def halved_and_nothing_claimed(run):
    text(run / "program/rows.csv", ",300.0,", ",150.0,")
    for name in ("certificate.csv", "statement.csv", "variants.csv", "verify.py"):
        (run / name).unlink()


def offset(run):
    text(run / "program/program.csv", "offset,0.0", "offset,0.05")
    remark(run)


def objective_unit(run):
    text(run / "program/program.csv", "share of the official figures", "share of nothing")
    text(run / "certificate.csv", "share of the official figures", "share of nothing", -1)
    remark(run)


def optimistic_is_central(run):
    def copied(lines):
        body = [line for line in lines[1:] if line[0] == "attainment"]
        other = "attainment at the optimistic corner"
        return [
            lines[0],
            *([other, *line[1:]] if line[0] == "attainment" else line for line in body),
            *(line for line in lines[1:] if line[0] != other),
        ]

    edit(run / "certificate.csv", copied)


def without_the_proof_of_a_claim(run):
    edit(run / "certificate.csv", lambda lines: [line for line in lines if line[0] != "conflict 2"])


def summary(run):
    text(run / "summary.json", '"certainly outside"', '"inside"')


def verdicts(run):
    text(run / "verdicts.csv", "outside", "inside", -1)


def page(run):
    text(run / "report.html", "certainly outside", "inside", -1)


def no_inputs(run):
    return lambda manifest: manifest | {"inputs": manifest["inputs"] | {"files": {}}}


def another_corner(run):
    return lambda manifest: manifest | {"options": manifest["options"] | {"corner": "optimistic"}}


def statement(run):
    text(run / "statement.csv", "at most 90.0 %", "at most 80.0 %")


def drawing(run):
    text(run / "charts/targets.svg", "<svg", "<svg data-x='1'")


FORGERIES = {
    below_a_float: r"program/rows.csv, line \d+, upper",
    made_up_bound: r"program/columns.csv, line \d+, upper",
    halved_and_nothing_claimed: "certificate.csv",
    offset: "program/program.csv, line 5, value",
    objective_unit: "program/program.csv, line 4, value",
    optimistic_is_central: "certificate.csv",
    without_the_proof_of_a_claim: "certificate.csv",
    summary: "summary.json",
    verdicts: r"verdicts.csv, line \d+, verdict",
    page: "report.html",
    no_inputs: "manifest.json: inputs",
    another_corner: "manifest.json: options",
    statement: r"statement.csv, line \d+, says",
    drawing: "charts/targets.svg|report.html",
}


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forgery_is_found(forged, again, forge):
    sign(forged, forge(forged) or (lambda manifest: manifest))
    failures = [*verify(forged).failures, *compared(forged, again)]
    assert re.search(FORGERIES[forge], "\n".join(failures))


@pytest.mark.parametrize(
    "options", [pytest.param({"plan": "cautious"}, marks=pytest.mark.slow), {"economy": "no such package"}]
)
def test_another_question_is_found(forged, options):
    """The run that the manifest tells of is made, and is not this one."""
    sign(forged, lambda manifest: manifest | {"options": manifest["options"] | options})
    done = CliRunner().invoke(main, ["verify", str(forged), "--rebuild"])
    assert done.exit_code != 0
    assert "VERIFIED" not in done.stdout or "NOT VERIFIED" in done.stdout


def test_an_honest_run_is_what_is_made_anew(honest, again):
    assert not compared(honest, again)


@pytest.mark.slow
def test_a_run_of_whole_works_is_made_anew_too(tmp_path):
    run = planner.projects("ussr_1928", plan="ffyp_optimum", count=1).write(tmp_path / "works")
    assert planner.verify(run, rebuild=True).verified
    text(run / "summary.json", '"value": 0.8', '"value": 0.9')
    sign(run)
    assert planner.verify(run).verified  # it is sealed, and its proofs add up
    assert any("summary.json: differs" in said for said in planner.verify(run, rebuild=True).failures)


def test_versions_are_no_way_out(forged, again):
    """A manifest that pretends to other versions does not let numbers, sentences or programs pass."""
    text(forged / "verdicts.csv", "0.9,", "0.95,")
    text(forged / "report.html", "90.0", "95.0", -1)
    sign(forged, lambda manifest: manifest | {"versions": manifest["versions"] | {"numpy": "1.0"}})
    failures = " ".join(compared(forged, again))
    assert "verdicts.csv" in failures
    assert "report.html" in failures


def test_pictures_of_another_library_are_read(forged, again):
    """What cannot be drawn as it was is compared word for word."""
    sign(forged, lambda manifest: manifest | {"versions": manifest["versions"] | {"matplotlib": "1.0"}})
    text(forged / "charts/targets.svg", "<svg", "<svg data-x='1'")
    assert not compared(forged, again)
    text(forged / "charts/targets.svg", "90.0 %", "95.0 %")
    assert "charts/targets.svg" in " ".join(compared(forged, again))


def test_a_link_is_no_file_of_a_run(forged, tmp_path):
    shutil.copy(forged / "verdicts.csv", tmp_path / "elsewhere.csv")
    (forged / "verdicts.csv").unlink()
    (forged / "verdicts.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert "verdicts.csv: is a link and no file of a run" in verify(forged).failures


def test_certificates_of_others_are_not_those_of_the_run(forged):
    """What somebody has laid into the folder is named, and says nothing for the run."""
    shutil.copytree(forged / "program", forged / "more" / "program")
    shutil.copy(forged / "certificate.csv", forged / "more")
    found = verify(forged)
    assert not any(said.startswith("more,") for said in found.statements)
    assert any("no part of it: more/certificate.csv" in said for said in found.statements)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("conflict 1,", "conflict 7,", "speaks of 'conflict 7', of which there is no certificate"),
        ("conflict 1,", "conflict 2,", "two lines bear the same claim"),
    ],
)
def test_a_statement_speaks_of_what_is_there(forged, old, new, why):
    text(forged / "statement.csv", old, new)
    sign(forged)
    assert why in " ".join(verify(forged).failures)


@pytest.mark.parametrize(
    "cells",
    [
        {"line": "1"},
        {"line": "0"},
        {"line": "-1"},
        {"line": "４５"},
        {"line": "045"},
        {"change": "add"},
        {"1": "-0.08", "2": "1"},
        {"1": "１"},
        {"1": "1e9999"},
        {"1": "nan"},
        {"file": "../program/rows.csv"},
    ],
)
def test_a_garbled_variant_fails(forged, cells):
    def garbled(lines):
        for name, cell in cells.items():
            lines[1][lines[0].index(name)] = cell
        return lines

    edit(forged / "variants.csv", garbled)
    sign(forged)
    assert not verify(forged).verified


def test_an_honest_run_of_other_versions_passes(forged, again):
    sign(forged, lambda manifest: manifest | {"versions": manifest["versions"] | {"numpy": "1.0"}})
    assert not compared(forged, again)
    assert verify(forged).verified


def altered(run, random_source, count):
    """Bytes of the files of a run altered one at a time: file, position, and the run with that byte."""
    files = [path for path in sorted(run.rglob("*")) if path.is_file()]
    for _ in range(count):
        path = random_source.choice(files)
        data = path.read_bytes()
        at = random_source.randrange(len(data))
        byte = (data[at] + random_source.randrange(1, 256)) % 256
        path.write_bytes(data[:at] + bytes([byte]) + data[at + 1 :])
        yield path, at
        path.write_bytes(data)


def test_no_altered_byte_passes(forged):
    assert verify(forged).verified
    for path, at in altered(forged, random.Random(1928), 500):
        assert stated(forged)[2], f"{path.relative_to(forged)}, byte {at}"


@pytest.mark.slow
def test_no_altered_byte_of_any_file_passes(forged):
    """Of every file bytes from the first to the last, evenly apart: of the manifest many, for its seal is no digest of a file."""
    for path in sorted(path for path in forged.rglob("*") if path.is_file()):
        data = path.read_bytes()
        count = min(len(data), 500 if path.name == MANIFEST else 40)
        for at in {round(step * (len(data) - 1) / max(count - 1, 1)) for step in range(count)}:
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            assert stated(forged)[2], f"{path.relative_to(forged)}, byte {at}"
        path.write_bytes(data)


def test_the_seal_is_of_the_bytes(forged):
    raw = (forged / MANIFEST).read_bytes()
    seal = json.loads(raw)["seal"]
    assert seal_of(raw, seal) == seal
    (forged / MANIFEST).write_bytes(raw.replace(b"  ", b" \t", 1))
    assert any("seal" in failure for failure in verify(forged).failures)


def test_the_checker_of_the_run_needs_nothing_else(forged, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    shutil.move(forged, elsewhere)
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "."], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "two_goods, sha256" in done.stdout
    assert done.stdout.rstrip().endswith("VERIFIED")


def test_everything_called_proved_has_its_proof(honest):
    claims = {line["claim"] for line in csv.DictReader((honest / "certificate.csv").open(encoding="utf-8"))}
    for line in csv.DictReader((honest / "relaxation.csv").open(encoding="utf-8")):
        if line["proved"] == "yes":
            assert f"no amount of {line['group']}, {line['way']}" in claims
    for line in csv.DictReader((honest / "conflicts.csv").open(encoding="utf-8")):
        if line["proved"] == "yes":
            assert f"conflict {line['number']}" in claims
    corners = {"central": "", "optimistic": " at the optimistic corner", "pessimistic": " at the pessimistic corner"}
    for line in csv.DictReader((honest / "verdicts.csv").open(encoding="utf-8")):
        if line["gap_proved"]:
            assert any(claim.startswith("attainment") and claim.endswith(corners[line["corner"]]) for claim in claims)
    said = {line["claim"] for line in csv.DictReader((honest / "statement.csv").open(encoding="utf-8"))}
    assert said == claims | {""}
