"""Codes of findings in foreign model files (MPS and CPLEX LP): title, meaning, remedy."""

from __future__ import annotations

MODEL_CODES: dict[str, tuple[str, str, str]] = {
    "E230": (
        "model file cannot be read",
        "There is no such file, its ending is neither .mps nor .lp, it is not packed as .gz says, or it is no text.",
        "Check the path. Text from standard input (`-`) may be MPS or LP, packed or plain.",
    ),
    "E231": (
        "cut short or run on",
        "An MPS file ends with ENDATA and an LP file with End. Without that nobody knows whether the file is whole; what "
        "stands behind it would be lost.",
        "Copy the file again, add the last line, or move what follows it to where it belongs.",
    ),
    "E232": (
        "unknown or misplaced section",
        "A section that the format does not know, a second one of the kind, or one before what it speaks of. A misspelt "
        "section would lose all its lines.",
        "Correct the spelling or the order.",
    ),
    "E233": (
        "not a number in a model",
        "A number is wanted: digits with at most one point, and an exponent with e or d if need be. It has to lie "
        "within what solvers can hold (1e-300 .. 1e300).",
        "Write the plain number; a limit that is not there is left out or written as infinity.",
    ),
    "E234": (
        "unknown name in a model",
        "The line speaks of a row or a column that the file has not named before; other readers lose the line or make "
        "a new column of it. Upper and lower case are told apart.",
        "Correct the spelling.",
    ),
    "E235": (
        "repeated name",
        "Two rows bear one name, or the lines of one column do not stand together, so that it would be read as two.",
        "Rename one of them, or move the lines together.",
    ),
    "E236": (
        "repeated entry",
        "The same coefficient, right-hand side, range or bound is given twice; readers take the first, the last or the "
        "sum.",
        "Keep one. If both should count, write their sum.",
    ),
    "E237": (
        "second set",
        "An MPS file may hold several sets of right-hand sides, ranges or bounds, of which a solver is told which to "
        "use. Most readers take the first and drop the others without a word.",
        "Keep the set that is meant, or give all its lines one name.",
    ),
    "E238": (
        "more than a linear program",
        "Special ordered sets, indicator rows, semi-continuous columns, quadratic terms, general constraints, "
        "piecewise-linear objectives and user cuts are no part of a linear program with whole numbers.",
        "Take the part out, or state it with linear rows and whole numbers; a diagnosis of the rest alone would be "
        "one of another model.",
    ),
    "E239": (
        "line not understood",
        "The line does not follow the format: too few or too many fields, two numbers or names without a sign between "
        "them, two signs, or columns on the right-hand side.",
        "Write it as the message says.",
    ),
    "E240": (
        "limit that nothing can meet",
        "Values of 1e20 and more stand for infinity. A lower limit of plus infinity, or an upper one of minus infinity, "
        "is no limit anybody means.",
        "Give the number in another unit, or take the limit out.",
    ),
    "E241": (
        "section missing",
        "An MPS file needs ROWS, with a row of type N for the objective, and COLUMNS; an LP file needs an objective "
        "(which may be empty) and Subject To.",
        "Add the section, with nothing below it if there is nothing to say.",
    ),
    "E242": (
        "whole numbers in disorder",
        "Markers of whole-number columns come in pairs, INTORG before and INTEND after the columns; a binary column "
        "has no bounds outside 0 and 1.",
        "Add the marker that is missing, or correct the bounds.",
    ),
    "W230": (
        "bound assumed",
        "The file gives no bound, so the format's default holds, and other readers take another one. Minus "
        "infinity is what some take for a lower bound below a negative upper one; one is the format's upper bound of a "
        "whole-number column between markers without any bound.",
        "Write the bound into the file.",
    ),
    "W231": (
        "later bound holds",
        "A bound is given twice in an LP file. By the format's rule the last one holds.",
        "Remove the one that is not meant.",
    ),
    "W232": (
        "constant",
        "A constant on the left of a row was moved to the right, or the right-hand side of an objective taken as its constant "
        "with the sign changed, as the formats say. Some readers drop the one, or leave the other's sign.",
        "Write it on the right; leave an objective's constant out, which changes no plan.",
    ),
    "W233": (
        "name that others misread",
        "A name is longer than 255 signs, holds signs outside the format's list, is a keyword, or looks like an exponent. "
        "It was read as it stands; other readers refuse or split it.",
        "Choose a plain name.",
    ),
    "W234": (
        "read as no limit",
        "A limit of 1e20 or more, or -1e20 or less, stands for infinity in both formats.",
        "Write infinity, or choose a smaller unit if the number is meant.",
    ),
    "W235": (
        "lazy constraints are rows",
        "Lazy constraints have to hold like any other, solvers only look at them later. They were read as rows.",
        "Nothing need be done.",
    ),
    "W236": (
        "column named twice in a row",
        "A column stands twice in one row of an LP file. Its coefficients were added up.",
        "Write the sum.",
    ),
}
