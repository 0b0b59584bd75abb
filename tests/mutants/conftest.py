"""What needs the extra `mutants` is not looked at without it."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("cosmic_ray") else ["mutants.py", "run.py", "__main__.py"]
