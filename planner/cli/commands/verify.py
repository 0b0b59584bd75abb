"""``planner verify``: add a run's proofs up again, trusting nobody."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import options
from planner.cli.exit_codes import EndError, Exit
from planner.cli.output import talk, tell, told

_MOST = 20  # failures that are told one by one


@click.command("verify")
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rebuild", is_flag=True, help="Also make the run anew from the data package and compare every file.")
@options.families
@click.option("--economy", metavar="ECONOMY", help="The data package, where it is not the one the manifest names.")
def command(run: Path, rebuild: bool, economy: str | None) -> None:
    """Add up the certificates in the folder RUN in exact arithmetic, and say VERIFIED or what fails.

    The sums use nothing but Python's standard library; planner/proof/verify.py can be copied out and run alone. With --rebuild
    the run is made again from the tables, so that a changed input, program, number or sentence is found too.

    \b
    Examples:
      planner verify outputs/reference
      planner verify outputs/reference --rebuild
    """
    import planner
    from planner.language.counting import capital
    from planner.proof.verify import verify

    # without a rebuild the checker alone will do, which is what the verb calls; it takes none of the verb's imports
    answer = planner.verify(run, rebuild=True, economy=economy) if rebuild else verify(run)
    for statement in answer.statements:
        told(f"  {statement}")
    if rebuild and answer.verified:
        told("  made anew from the data package, every file of the run is the same")
    for failure in answer.failures[:_MOST]:
        told(f"FAILED {failure}")
    if len(answer.failures) > _MOST:
        talk(f"… and {len(answer.failures) - _MOST} more")
    tell("VERIFIED" if answer.verified else "NOT VERIFIED")
    if not answer.verified:
        from planner.answers.verify import Verification

        failed = Verification(run, answer.statements, answer.failures, rebuild)
        raise EndError(Exit.INPUT, capital(failed.failing))
