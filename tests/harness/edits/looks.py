"""Edits that change nothing that a run would give: none of them makes anything stale."""

from __future__ import annotations

from tests.harness.edits.edit import Edit

LOOKS = (
    Edit(name="default_rng seeded", gives="float(np.random.default_rng(0).random())", before="1", after="1"),
    Edit(name="comment", gives="f()", before="def f(): return 1", after="def f():\n    # hey\n    return 1"),
    Edit(name="docstring", gives="f()", before="def f(): return 1", after="def f():\n    'doc'\n    return 1"),
    Edit(name="docstring class", gives="K().f()", before="class K:\n    def f(self): return 1", after="class K:\n    'doc'\n    def f(self):\n        'd'\n        return 1"),
    Edit(name="annotations", gives="f(1)", before="def f(x): return 1", after="def f(x: int) -> int: return 1"),
    Edit(name="local annotation", gives="f(1)", before="def f(x):\n    y = 1\n    return y", after="def f(x: int) -> int:\n    y: int = 1\n    return y"),
    Edit(name="bare local annotation", gives="f(1)", before="def f(x):\n    y = 1\n    return y", after="def f(x):\n    y: int\n    y = 1\n    return y"),
    Edit(name="method annotations", gives="K().f(1)", before="class K:\n    def f(self, x): return 1", after="class K:\n    def f(self, x: int) -> int: return 1"),
    Edit(name="formatting", gives="f(1,2)", before='def f(x,y): return {\'a\':x,"b":y}', after="def f(\n    x,\n    y,\n):\n    return {\n        'a': x,\n        'b': y,\n    }"),
    Edit(name="lambda formatting", gives="f(1)", before="f = lambda x: x+1", after="f = (lambda   x:\n   x + 1)"),
    Edit(name="lambda comment above", gives="f(1)", before="f = lambda x: x+1", after="# hi\n\n\nf = lambda x: x+1"),
    Edit(name="unrelated global", gives="f()", before="def f(): return 1\nZ=1", after="Z=2"),
    Edit(name="local shadows", gives="f()", before="Z=1\ndef f():\n    Z=3\n    return Z", after="Z=2"),
    Edit(name="attr name same as global", gives="f()", before="x=1\ndef f(): return types.SimpleNamespace(x=5).x", after="x=2"),
    Edit(name="rerun helper cell", gives="f()", before="def f(): return 1", after="def f(): return 1"),
    Edit(name="rerun frame cell", gives="int(df.x.sum())", before="df=pd.DataFrame({'x':[1,2]})", after="df=pd.DataFrame({'x':[1,2]})"),
    Edit(name="rerun class cell", gives="k.go()", before="class K:\n    def go(s): return 1\nk=K()", after="class K:\n    def go(s): return 1\nk=K()"),
    Edit(name="rerun dataclass cell", gives="k.x", before="@dataclass\nclass K:\n    x: int=1\nk=K()", after="@dataclass\nclass K:\n    x: int=1\nk=K()"),
    Edit(name="string formatting quotes", gives="f()", before="def f(): return 'a'", after='def f(): return "a"'),
    Edit(name="parens", gives="f()", before="def f(): return 1+2", after="def f(): return (1+2)"),
    Edit(name="class ann string", gives="K(1).x", before="@dataclass\nclass K:\n    x: int", after="@dataclass\nclass K:\n    x: 'int'"),
    Edit(name="plain class annotation", gives="K().f()", before="class K:\n    y: int = 1\n    def f(self): return self.y", after="class K:\n    y: float = 1\n    def f(self): return self.y"),
    Edit(name="decorator formatting", gives="f()", before="def d(n):\n    def o(fn): return fn\n    return o\n@d(1)\ndef f(): return 1", after="@d( 1 )\ndef f(): return 1"),
    Edit(name="type alias import", gives="f(1)", before="def f(x): return x", after="from typing import Any\ndef f(x: Any): return x"),
    Edit(name="underscore sep", gives="f()", before="def f(): return 1000", after="def f(): return 1_000"),
    Edit(name="fstring", gives="f(1)", before="def f(x): return f'{x}'", after='def f(x): return f"{x}"'),
    Edit(name="logging global", gives="f()", before="import logging\nlog=logging.getLogger('x')\ndef f():\n    log.debug('hi')\n    return 1", after="import logging\nlog=logging.getLogger('x'); log.setLevel(10)\n"),
    Edit(name="itertools global", gives="next(itertools.count())", before="1", after="1"),
    Edit(name="nan payload", gives="str(X)", before="X=float('nan')", after="X=float('nan')"),
    Edit(name="base redefined only", gives="C().go()", before="class A:\n    def go(s): return 1\nclass C(A):\n    def go(s): return super().go()", after="class A:\n    def go(s): return 2", told="`A` as it is now"),
)  # fmt: skip
