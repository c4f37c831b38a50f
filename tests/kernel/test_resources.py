"""Resources and configuration in cells: bound by `Definitions`, by a cell of their own, by the session."""

from __future__ import annotations

CELL = """%%asset
from nb_assets import Config, ConfigurableResource, Definitions, asset
class Db(ConfigurableResource):
    path: str
    def read(self): return self.path
class Size(Config):
    n: int = 1
@asset
def data(db: Db, config: Size):
    return db.read() * config.n
"""
BOUND = 'defs = Definitions(assets=[data], resources={"db": Db(path="PATH")})\n'


def summary(kernel) -> str:
    return kernel.run(
        "s = __import__('nb_assets').session().status()\n"
        "{k.to_user_string(): (v.state, [r.summary for r in v.reasons]) for k, v in s.items()}"
    ).result


def test_a_cell_binds_resources_to_its_assets_and_another_path_makes_them_stale(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run(CELL + BOUND.replace("PATH", "a"), cell_id="one")
    kernel.run("%materialize")
    assert kernel.run("data.value").result == "'a'"
    kernel.run(CELL + BOUND.replace("PATH", "b"), cell_id="one")
    assert "`db` resource changed: path 'a' → 'b'" in summary(kernel)
    kernel.run("%materialize")
    assert kernel.run("data.value").result == "'b'"


def test_a_cell_of_resources_alone_gives_them_to_all_assets(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run(CELL, cell_id="one")
    refused = kernel.execute("%materialize")
    assert "needs the resource `db`" in refused.error.text
    shown = kernel.run('%%asset\ndefs = Definitions(resources={"db": Db(path="c")})', cell_id="two")
    assert shown.error is None
    kernel.run("%materialize")
    assert kernel.run("data.value").result == "'c'"


def test_the_session_gives_resources_and_configuration(kernel):
    kernel.run("%load_ext nb_assets")
    kernel.run(CELL, cell_id="one")
    kernel.run("import nb_assets as nba\nnba.session().resources['db'] = Db(path='s')")
    kernel.run("nba.session().materialize(run_config={'ops': {'data': {'config': {'n': 2}}}})")
    assert "config changed: n 2 → 1" in summary(kernel)
    kernel.run("nba.session().run_config = {'ops': {'data': {'config': {'n': 2}}}}")
    assert "'fresh'" in summary(kernel)
    assert kernel.run("data.value").result == "'ss'"


def test_a_class_that_was_defined_again_is_told_of_until_what_takes_it_ran_again(kernel):
    classes = (
        "from nb_assets import Config, ConfigurableResource, asset\n"
        "class Limits(Config):\n    rows: int = ROWS\n"
        "class Db(ConfigurableResource):\n    def read(self): return 'TEXT'"
    )
    orders = "%%asset\n@asset\ndef orders(db: Db, config: Limits): return db.read() * config.rows"
    given = "%%asset\nfrom nb_assets import Definitions\ndefs = Definitions(resources={'db': Db()})"
    kernel.run("%load_ext nb_assets")
    kernel.run(classes.replace("ROWS", "1").replace("TEXT", "a"), cell_id="classes")
    kernel.run(orders, cell_id="orders")
    kernel.run(given, cell_id="given")
    kernel.run("%materialize")
    assert "not tracked" not in kernel.run("%assets").text
    kernel.run(classes.replace("ROWS", "1").replace("TEXT", "a"), cell_id="classes")
    assert "not tracked" not in kernel.run("%assets").text
    kernel.run(classes.replace("ROWS", "2").replace("TEXT", "b"), cell_id="classes")
    said = kernel.run("%assets explain orders").text
    assert "rows 1 → 2" in said
    assert "`db` resource changed: the code of read" in said
    assert "not tracked" not in said
    kernel.run("%materialize")
    assert kernel.run("orders.value").result == "'bb'"
