"""What the process is set to, where code reads it; and values that are equal, which code can tell apart."""

from __future__ import annotations

from tests.harness.edits.edit import Edit

SETTINGS = (
    Edit(name="pandas display, as text", gives="pd.DataFrame({'x': [1.2345678]}).to_string()", after="pd.set_option('display.precision', 2)", why="`pandas display options` changed"),
    Edit(name="pandas display, repr", gives="repr(pd.DataFrame({'x': [1.2345678, 2]}))", before="pd.set_option('display.precision', 4)", after="pd.set_option('display.precision', 3)", why="`pandas display options` display.precision = 4 → display.precision = 3"),
    Edit(name="pandas display, not read", gives="int(pd.DataFrame({'x': [1, 2]}).x.sum())", after="pd.set_option('display.max_rows', 7)"),
    Edit(name="pandas option read", gives="pd.get_option('display.width')", after="pd.set_option('display.width', 91)", why="`the pandas options` changed"),
    Edit(name="rcParams of a figure", gives="f = plt.figure()\nf.gca().plot([1, 2])\nplt.close(f)\nreturn nba_version(f)", before="import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\nfrom nb_assets import data_version as nba_version", after="plt.rcParams['lines.linewidth'] = 7", why="`matplotlib rcParams` changed"),
    Edit(name="rcParams not read", gives="pd.Series([1, 2]).mean()", before="import matplotlib.pyplot as plt", after="plt.rcParams['lines.markersize'] = 9"),
    Edit(name="precision of decimals", gives="str(Decimal(1) / Decimal(3))", before="from decimal import Decimal, getcontext", after="getcontext().prec = 5", why="`decimal context` changed"),
    Edit(name="numpy print options", gives="str(np.array([1.2345678]))", after="np.set_printoptions(precision=2)", why="`numpy print options` changed"),
    Edit(name="numpy print options not read", gives="float(np.array([1.5])[0])", after="np.set_printoptions(precision=4)"),
    Edit(name="options that it sets itself", gives="pd.set_option('display.max_colwidth', 9)\nreturn repr(pd.DataFrame({'x': ['a' * 30]}))", told="the pandas display options, some of which it sets itself"),
    Edit(name="a seed of its own", gives="np.random.seed(3)\nreturn float(np.random.rand())", after="np.random.rand()"),
    Edit(name="chance of a module", gives="float(npr.weibull(2))", before="import numpy.random as npr", told="differs from run to run: `npr.weibull(…)`"),
    Edit(name="a forest without a seed", gives="RandomForestClassifier(n_estimators=1) and 1", before="def RandomForestClassifier(**k): return 1", told="differs from run to run: `RandomForestClassifier(…)` without a seed"),
    Edit(name="now, as a text", gives="pd.Timestamp('now')", told="differs from run to run: `Timestamp(…)` of now"),
    Edit(name="identity", gives="id(object())", told="differs from run to run: `id(…)`"),
    Edit(name="arguments of the process", gives="list(sys.argv)", told="reads from outside: `sys.argv`"),
    Edit(name="-0.0 in a tuple", gives="str(Z)", before="Z = (0.0, 1)", after="Z = (-0.0, 1)", why="`Z` (0.0, 1) → (-0.0, 1)"),
    Edit(name="-0.0 deep inside", gives="str(Z)", before="Z = {'a': [0.0, {'b': (0.0,)}]}", after="Z = {'a': [0.0, {'b': (-0.0,)}]}", why="`Z` {'a': [0.0, {'b': (0.0,)}]} → {'a': [0.0, {'b': (-0.0,)}]}"),
    Edit(name="-0.0 in an array", gives="str(Z)", before="Z = np.zeros(2)", after="Z = -np.zeros(2)", why="`Z` changed"),
    Edit(name="-0.0 in a frame", gives="str(Z.x.tolist())", before="Z = pd.DataFrame({'x': [0.0, 1]})", after="Z.loc[0, 'x'] = -0.0", why="`Z` changed"),
    Edit(name="trailing zeros in a list", gives="str(Z)", before="import decimal\nZ = [decimal.Decimal('1.0')]", after="Z = [decimal.Decimal('1.00')]", why="`Z` [Decimal('1.0')] → [Decimal('1.00')]"),
    Edit(name="ranges that are equal", gives="Z.stop", before="Z = range(0, 3, 2)", after="Z = range(0, 4, 2)", why="`Z` range(0, 3, 2) → range(0, 4, 2)"),
    Edit(name="True in a tuple", gives="str(Z)", before="Z = (1, 0)", after="Z = (True, False)", why="`Z` (1, 0) → (True, False)"),
    Edit(name="NaN is NaN", gives="str(Z)", before="Z = [float('nan'), (0.0,)]", after="Z = [float('nan'), (0.0,)]"),
    Edit(name="frequency of an index", gives="str(Z.index.freq)", before="Z = pd.DataFrame({'x': [1, 2]}, index=pd.date_range('2024', periods=2))", after="Z.index.freq = None", why="`Z` changed"),
    Edit(name="which fields are matched", gives="P.__match_args__", before="class P:\n    __match_args__ = ('x', 'y')", after="class P:\n    __match_args__ = ('y', 'x')", why="`P.__match_args__` ('x', 'y') → ('y', 'x')"),
)  # fmt: skip
