"""A notebook of every verb, executed: what a cell shows is what a reader sees."""

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

CELLS = {
    "load": "planner.load('two_goods').title",
    "pose": "planner.pose('two_goods').program.shape",
    "catalogue": "planner.catalogue('plans', 'two_goods')",
    "check": "planner.check('two_goods')",
    "explain": "planner.explain('capacity')",
    "solve": "answer = planner.solve('two_goods', plan='ambitious'); answer",
    "plot": "answer.plot.targets()",
    "no plan": "planner.solve('two_goods', floor=5.0)",
    "violations": "planner.violations(answer, 'two_goods', plan='ambitious')",
    "assess": "far = planner.assess('two_goods', plan='ambitious', years=1); far",
    "write, verify": "folder = far.write('far'); planner.verify(folder)",
    "report": "planner.report(folder, 'page.html')",
    "export": "planner.export('two_goods', 'plan.lp')",
    "diagnose": "planner.diagnose('plan.lp')",
    "ladder": "planner.ladder('two_goods')",
    "compare": "planner.compare('two_goods', corner='all')",
    "backtest": "planner.backtest('two_goods')",
    "sensitivity": "planner.sensitivity('two_goods', top=3)",
    "frontier": "planner.frontier('output:corn:2', 'output:iron:2', 'two_goods')",
    "near_optimal": "planner.near_optimal('two_goods')",
    "execute": "planner.execute('two_goods')",
    "money": "planner.money('two_goods_money', levels=[1.0])",
    "uncertainty": "planner.uncertainty('two_goods', sampling=planner.Sampling(samples=8), cluster=planner.Cluster(workers=1))",
}


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    cells = ["import planner", *CELLS.values()]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    folder = tmp_path_factory.mktemp("notebook")
    nbclient.NotebookClient(book, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    return dict(zip(CELLS, book.cells[1:], strict=True))


@pytest.mark.parametrize("verb", CELLS)
def test_a_cell_shows_its_answer(executed, verb):
    (shown,) = [output for output in executed[verb].outputs if output.output_type == "execute_result"]
    assert len(shown.data["text/plain"]) < 2000
    if verb not in ("load", "pose", "plot", "report", "export"):
        assert "<table" in shown.data["text/html"]
