"""What every command that answers a question does: refuse a folder in use, ask, write, warn, print, say where it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.cli.exit_codes import EndError, Exit
from planner.cli.output import console, print_answer, talk, warn, working, wrote

if TYPE_CHECKING:
    from planner.answers.base.answer import Answer
    from planner.economy import Economy
    from planner.formulation import Formulation

__all__ = ["Ready", "ask", "folder_of", "question", "run"]

Say = Callable[[str], None]


@dataclass(frozen=True)
class Ready:
    """A question ready to be asked.

    Args:
        folder: where its answer goes unless the user says otherwise.
        ask: answers it, telling what it works on.
        economy: whose cautions are said.
        scenarios: the economy under each scenario that goes into the answer, where it is not this one alone.
        notes: what is said on stderr before the answer.
    """

    folder: Path
    ask: Callable[[Say], Answer]
    economy: Economy
    scenarios: tuple[Economy, ...] = ()
    notes: tuple[str, ...] = field(default=())


def question(economy: str, given: Mapping[str, Any], **instead: Any) -> Formulation:
    """The question that options put.

    Args:
        economy: name or path.
        given: options of a command, among them those of ``options.question``.
        instead: of some of them.
    """
    from planner.answers.pose import Asked, pose

    asked = {name: given[name] for name in Asked.__annotations__ if name in given}
    return pose(economy, **{**asked, **instead})


def folder_of(posed: Formulation, given: Mapping[str, Any], prefix: str) -> Path:
    """Where the answer to a question goes unless the user says otherwise.

    Args:
        posed: the question.
        given: options, of which the floor is told where it is given.
        prefix: kind of run.
    """
    from planner.reporting.run.folder_name import run_folder

    economy = posed.economy
    return run_folder(
        economy.name,
        posed.plan,
        economy.scenario,
        posed.question.name,
        corner=economy.corner,
        floor=given["floor"],
        sets=economy.sets,
        prefix=prefix,
    )


def ask(
    economy: str,
    given: Mapping[str, Any],
    prefix: str,
    verb: Callable[[Formulation, Say], Answer],
    *,
    in_parts: str = "",
    **instead: Any,
) -> None:
    """Put the question that options put, and answer it.

    Args:
        economy: name or path.
        given: options of the command.
        prefix: kind of run, for the folder's name.
        verb: answers the question.
        in_parts: what follows where whole projects, or units, are taken in parts, as the rest of a sentence.
        instead: of some options.
    """

    def ready(_: Say) -> Ready:
        from planner.reporting.wording.sentences import in_parts as parts_measured

        posed = question(economy, given, **instead)
        whole = [block.name for block in posed.variables.all if block.integer and block.size]
        notes = (parts_measured(whole, in_parts),) if in_parts and whole else ()
        return Ready(folder_of(posed, given, prefix), lambda say: verb(posed, say), posed.economy, notes=notes)

    run(ready, given)


def run(
    ready: Callable[[Say], Ready],
    given: Mapping[str, Any],
    around: Callable[[Path], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> None:
    """Answer a question: ensure that its folder is free, ask, write, warn, print, and say where it was written.

    Args:
        ready: makes the question ready.
        given: options of the command, among them ``out``, ``overwrite`` and ``form``.
        around: entered with the folder while the question is answered and written.

    Raises:
        EndError: there is no answer, or one whose proof is open.
    """
    from planner.reporting.run.write import ensure_free

    overwrite = bool(given["overwrite"])
    with working("Reading the economy") as say:
        made = ready(say)
        folder: Path = given["out"] or made.folder
        ensure_free(folder, overwrite=overwrite)
        with around(folder):
            answer = made.ask(say)
            if answer.holds:
                say("Writing the results")
                answer.write(folder, overwrite=overwrite)
    warn(made.economy, answer.warnings, made.scenarios)
    for note in (*made.notes, *answer.notes):
        talk(note)
    if answer.holds:
        _print(answer, folder, str(given["form"]))
    elif given["form"] == "json":
        print_answer(None, answer.document)
    _end(answer)


def _print(answer: Answer, folder: Path, form: str) -> None:
    if form == "json":
        print_answer(folder, answer.document)
    else:
        from planner.cli.show.pieces import say
        from planner.reporting.dictionary.terms import glossed

        screen = console()
        say(screen, answer.headline, "bold")
        if plain := glossed(answer.headline):
            say(screen, plain, "dim")
        import_module(f"planner.cli.show.{answer.kind}").show(answer, screen)
    proofs = {"Check_the_proof": f"planner verify {folder}"} if answer.proofs else {}
    page = {"Read_it_as_a_page": str(folder / "report.html")} if answer.beside == "page" else {}
    wrote(folder, **proofs, **page)


def _end(answer: Answer) -> None:
    """End with a code of its own where there is no plan, or no proof."""
    if answer.no_plan is not None:
        raise EndError(Exit.STOPPED if answer.no_plan.stopped else Exit.EMPTY, answer.reason)
    if answer.interrupted:
        raise EndError(Exit.INTERRUPTED, answer.interrupted)
    if answer.unproved:
        raise EndError(Exit.STOPPED, answer.unproved)
