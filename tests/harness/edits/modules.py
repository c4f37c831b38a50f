"""Edits of the project's own modules, however they are imported."""

from __future__ import annotations

from tests.harness.edits.edit import Edit

MODULES = (
    # fmt: off
    Edit(
        name="a function of a module",
        gives="pm_a.f()",
        before="open('pm_a.py','w').write('def f(): return 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_a",
        after="import time, os, importlib\nopen('pm_a.py','w').write('def f(): return 2\\n')\nt=time.time()+18+5\nos.utime('pm_a.py',(t,t)); importlib.reload(sys.modules['pm_a'])\n",
        why="`pm_a.f` changed",
    ),
    Edit(
        name="mod const",
        gives="pm_b.X",
        before="open('pm_b.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_b",
        after="import time, os, importlib\nopen('pm_b.py','w').write('X = 2\\n')\nt=time.time()+6+5\nos.utime('pm_b.py',(t,t)); importlib.reload(sys.modules['pm_b'])\n",
        why="`pm_b.X` 1 → 2",
    ),
    Edit(
        name="mod from import",
        gives="f()",
        before="open('pm_c.py','w').write('def f(): return 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nfrom pm_c import f",
        after="import time, os, importlib\nopen('pm_c.py','w').write('def f(): return 2\\n')\nt=time.time()+18+5\nos.utime('pm_c.py',(t,t)); importlib.reload(sys.modules['pm_c'])\nfrom pm_c import f",
        why="`f` changed",
    ),
    Edit(
        name="mod star import",
        gives="f()",
        before="open('pm_d.py','w').write('def f(): return 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nfrom pm_d import *",
        after="import time, os, importlib\nopen('pm_d.py','w').write('def f(): return 2\\n')\nt=time.time()+18+5\nos.utime('pm_d.py',(t,t)); importlib.reload(sys.modules['pm_d'])\nfrom pm_d import *",
        why="`f` changed",
    ),
    Edit(
        name="mod helper of helper",
        gives="pm_e.f()",
        before="open('pm_e.py','w').write('X=1\\ndef g(): return X\\ndef f(): return g()\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_e",
        after="pm_e.X=2",
        why="`X` 1 → 2",
    ),
    Edit(
        name="mod __getattr__",
        gives="pm_f.anything",
        before="open('pm_f.py','w').write('def __getattr__(n): return 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_f",
        after="import time, os, importlib\nopen('pm_f.py','w').write('def __getattr__(n): return 2\\n')\nt=time.time()+29+5\nos.utime('pm_f.py',(t,t)); importlib.reload(sys.modules['pm_f'])\n",
        why="`pm_f.__getattr__` changed",
    ),
    Edit(
        name="mod imported inside",
        gives="return f()",
        before="open('pm_g.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\ndef f():\n    import pm_g\n    return pm_g.X",
        after="import pm_g; pm_g.X=2",
        why="`pm_g.X` 1 → 2",
    ),
    Edit(
        name="mod imported inside from",
        gives="return f()",
        before="open('pm_h.py','w').write('def h(): return 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\ndef f():\n    from pm_h import h\n    return h()",
        after="import pm_h; pm_h.h=lambda: 2",
        why="`pm_h.h` changed",
    ),
    Edit(
        name="mod conditional import",
        gives="return f()",
        before="open('pm_i.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\ntry:\n    import pm_i as pp\nexcept ImportError: pp=None\ndef f(): return pp.X",
        after="pm=sys.modules['pm_i']; pm.X=2",
        why="`pp.X` 1 → 2",
    ),
    Edit(
        name="mod monkeypatch",
        gives="pm_j.f()",
        before="open('pm_j.py','w').write('def f(): return 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_j",
        after="pm_j.f=lambda: 2",
        why="`pm_j.f` changed",
    ),
    Edit(
        name="mod class",
        gives="pm_k.K().go()",
        before="open('pm_k.py','w').write('class K:\\n    def go(self): return 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_k",
        after="pm_k.K.go=lambda s: 2",
        why="`pm_k.K.go` changed",
    ),
    Edit(
        name="pkg relative",
        gives="pm_p.f()",
        before="import sys\nsys.path.insert(0, os.getcwd())\nos.makedirs('pm_p',exist_ok=True)\nopen('pm_p/__init__.py','w').write('from .core import f\\n')\nopen('pm_p/core.py','w').write('from .conf import X\\nfrom . import conf\\ndef f(): return conf.X, X\\n')\nopen('pm_p/conf.py','w').write('X = 1\\n')\nimport importlib; importlib.invalidate_caches()\nimport pm_p",
        after="sys.modules['pm_p.conf'].X=2",
        why="`conf.X` 1 → 2",
    ),
    Edit(
        name="module in dict",
        gives="M['a'].X",
        before="open('pm_l.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_l\nM={'a':pm_l}",
        after="pm_l.X=2",
        told="the module `pm_l`, which is taken as a whole through `a valu",
    ),
    Edit(
        name="module alias local",
        gives="m = pm_m\nreturn m.X",
        before="open('pm_m.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_m",
        after="pm_m.X=2",
        told="the module `pm_m`, which `made` takes as a whole",
    ),
    Edit(
        name="module as arg",
        gives="f(pm_n)",
        before="open('pm_n.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_n\ndef f(m): return m.X",
        after="pm_n.X=2",
        told="the module `pm_n`, which `made` takes as a whole",
    ),
    Edit(
        name="module attr of object",
        gives="o.m.X",
        before="open('pm_o.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_o\no=types.SimpleNamespace(m=pm_o)",
        after="pm_o.X=2",
        told="the module `pm_o`, which is taken as a whole through `a valu",
    ),
    Edit(
        name="methodcaller",
        gives="c(pm_q)",
        before="open('pm_q.py','w').write('def f(): return 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_q\nc=operator.methodcaller('f')",
        after="pm_q.f=lambda: 2",
        told="the module `pm_q`, which `made` takes as a whole",
    ),
    Edit(
        name="module default",
        gives="f()",
        before="open('pm_r.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_r\ndef f(m=pm_r): return m.X",
        after="pm_r.X=2",
        told="the module `pm_r`, which is taken as a whole through `f(defa",
    ),
    Edit(
        name="mod nested import attr",
        gives="pm_s.pm_t.X",
        before="open('pm_t.py','w').write('X = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nopen('pm_s.py','w').write('import pm_t\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_s",
        after="pm_s.pm_t.X=2",
        why="`pm_s.pm_t.X` 1 → 2",
    ),
    Edit(
        name="mod two hops value",
        gives="pm_u.K.y",
        before="open('pm_u.py','w').write('class K:\\n    y = 1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_u",
        after="pm_u.K.y=2",
        why="`pm_u.K.y` 1 → 2",
    ),
    Edit(
        name="class instance in module",
        gives="pm_za.cfg.x",
        before="open('pm_za.py','w').write('class C: pass\\ncfg=C(); cfg.x=1\\n')\nimport sys; sys.path.insert(0, os.getcwd()) if os.getcwd() not in sys.path else None\nimport importlib; importlib.invalidate_caches()\nimport pm_za",
        after="pm_za.cfg.x=2",
        why="`pm_za.cfg` changed",
    ),
    # fmt: on
)
