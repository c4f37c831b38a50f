"""Projects of any size, as they come to be: named like real ones, in nested groups, with assets in every state.

Responsible for the source of a module before and after a day's work. Pictures and tests of large lineages are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

DOMAINS = (
    "sales",
    "marketing",
    "logistics",
    "finance",
    "support",
    "product",
    "people",
    "weather",
    "web",
    "risk",
)
LAYERS = ("raw", "cleaned", "marts", "reports")
THINGS = {
    "raw": (
        "orders",
        "customers",
        "payments",
        "stores",
        "clicks",
        "tickets",
        "returns",
        "prices",
        "regions",
        "devices",
    ),
    "cleaned": (
        "orders_clean",
        "customers_deduplicated",
        "payments_matched",
        "stores_geocoded",
        "sessions",
        "tickets_tagged",
    ),
    "marts": (
        "revenue_by_day",
        "churn_features",
        "customer_lifetime_value",
        "basket_size",
        "funnel",
        "returns_rate",
    ),
    "reports": ("weekly_report", "board_figures", "forecast_next_quarter", "anomalies"),
}
KINDS = {
    "raw": ("csv", "s3"),
    "cleaned": ("pandas",),
    "marts": ("pandas", "duckdb"),
    "reports": ("matplotlib",),
}
OWNERS = {"raw": "team:data", "cleaned": "", "marts": "", "reports": "team:analytics"}
HEAD = """
import pathlib, time
from nb_assets import asset, asset_check, AssetCheckResult, StaticPartitionsDefinition

def hold():
    while pathlib.Path("hold").exists():
        time.sleep(0.02)
"""


_SMALL = (
    ("sales_orders", "raw", ()),
    ("sales_customers", "raw", ()),
    ("sales_orders_clean", "cleaned", ("sales_orders", "sales_customers")),
    ("sales_revenue_by_day", "marts", ("sales_orders_clean",)),
    ("sales_weekly_report", "reports", ("sales_revenue_by_day", "sales_customers")),
)


@dataclass(frozen=True, kw_only=True)
class _Planned:
    name: str
    group: str
    layer: str
    inputs: tuple[str, ...]


def planned(count: int) -> list[_Planned]:
    """Return so many assets: domains of four layers each, each layer made from the one before it."""
    if count <= len(_SMALL):
        return [
            _Planned(name=name, group=layer, layer=layer, inputs=inputs)
            for name, layer, inputs in _SMALL[:count]
        ]
    hat = Random(11)
    per_domain = sum(map(len, THINGS.values()))
    made: list[_Planned] = []
    number = 0
    while len(made) < count:
        domain = DOMAINS[number % len(DOMAINS)]
        round_ = number // len(DOMAINS)
        prefix = domain if round_ == 0 else f"{domain}_{round_ + 1}"
        before: list[str] = []
        for layer in LAYERS:
            here = []
            for thing in THINGS[layer]:
                if len(made) >= count:
                    break
                most = 0 if layer == "raw" else hat.choice((1, 1, 2, 2, 3))
                inputs = tuple(sorted(hat.sample(before, min(most, len(before)))))
                if layer == "marts" and number % len(DOMAINS) and hat.random() < 0.15:
                    # Domains read each other now and then.
                    inputs += tuple(
                        other.name for other in made[-per_domain:][:1] if other.name not in inputs
                    )
                name = f"{prefix}_{thing}"
                group = f"{prefix}/{layer}" if count > 60 else layer
                made.append(_Planned(name=name, group=group, layer=layer, inputs=inputs))
                here.append(name)
            before = here or before
        number += 1
    return made


def source(count: int, *, later: bool = False, frames: bool = True) -> str:
    """Return the module of a project of so many assets.

    Parameters
    ----------
    later
        After a day's work: some are edited, some fail, some are new, some are not there any more.
    frames
        Whether values are data frames, or mere numbers.
    """
    hat = Random(5)
    parts = [HEAD]
    for each in planned(count):
        draw = hat.random()
        is_new, is_gone = draw < 0.05, 0.05 <= draw < 0.07
        edited, fails, slow = 0.07 <= draw < 0.13, 0.13 <= draw < 0.15, 0.15 <= draw < 0.16
        leaf = each.layer == "reports"
        if (is_new and not later and leaf) or (is_gone and later and leaf):
            continue
        rows = hat.randint(3, 400)
        more = 120 if later and edited else 0
        said = [f'group_name="{each.group}"', f"kinds={set(KINDS[each.layer])!r}"]
        if OWNERS[each.layer]:
            said.append(f'owners=["{OWNERS[each.layer]}"]')
        body = f"{rows + more}"
        if frames:
            body = f"__import__('pandas').DataFrame({{'n': range({rows + more})}})"
        lines = [f"@asset({', '.join(said)})", f"def {each.name}({', '.join(each.inputs)}):"]
        if later and fails:
            lines.append(
                "    raise ValueError('column `amount` has 12 values that are not numbers, the first in row 1,204')"
            )
        elif later and slow:
            lines.append("    hold()")
        lines.append(f"    return {body}")
        parts.append("\n".join(lines))
        if hat.random() < 0.12:
            passed = hat.random() < 0.8
            parts.append(
                f"@asset_check(asset={each.name!r})\ndef has_rows_{each.name}({each.name}):\n"
                f"    return AssetCheckResult(passed={passed})"
            )
    return "\n\n".join(parts) + "\n"
