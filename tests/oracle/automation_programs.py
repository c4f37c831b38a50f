"""Small programs for automation conditions, to be run with the names of `dagster` and with those of `nb_assets`.

Each evaluates conditions several times, with something happening in between, and says in `seen` what was requested.
"""

from __future__ import annotations

CHAIN = """\
import datetime
AC = AutomationCondition
instance = DagsterInstance.ephemeral()
cursor, seen, now = None, [], datetime.datetime(2024, 5, 5, 10, 1, tzinfo=datetime.timezone.utc)
def tick(*assets, **later):
    global cursor, now
    now = now + datetime.timedelta(**later)
    given = {"evaluation_time": now} if CLOCK else {}
    result = evaluate_automation_conditions(Definitions(assets=[each for each in assets if each.keys],
     asset_checks=[each for each in assets if not each.keys]), instance, cursor=cursor, **given)
    cursor = result.cursor
    keys = sorted({key for each in assets for key in each.keys})
    seen.append((result.total_requested, [key.to_user_string() for key in keys if result.get_num_requested(key)]))
def make(*assets, **options):
    materialize(list(assets), instance=instance, **options)
def report(key, **options):
    instance.report_runless_asset_event(AssetMaterialization(key, **options))
"""
REAL = "CLOCK = False\n" + CHAIN
# With a clock that is told; what was made in between is then later than all of it.
TOLD = "CLOCK = True\n" + CHAIN


def _one(condition: str, body: str = "return 1") -> str:
    return f"@asset(automation_condition={condition})\ndef a():\n    {body}\n"


def _two(condition: str) -> str:
    return f"@asset\ndef up(): return 1\n@asset(deps=[up], automation_condition={condition})\ndef down(): return 2\n"


FAILING = "@asset(automation_condition={})\ndef a():\n    raise ValueError('no')\n"

PROGRAMS: dict[str, str] = {
    # Policies
    "eager: what is missing at first is not requested": REAL + _one("AC.eager()") + "tick(a); tick(a)",
    "eager follows an update upstream, once": (
        REAL + _two("AC.eager()") + "tick(up, down); make(up); tick(up, down); tick(up, down)"
    ),
    "eager follows each update upstream": (
        REAL
        + _two("AC.eager()")
        + "tick(up, down); make(up); tick(up, down); make(up); tick(up, down); tick(up, down)"
    ),
    "eager is content when both were made in one run": (
        REAL + _two("AC.eager()") + "tick(up, down); make(up, down); tick(up, down); tick(up, down)"
    ),
    "eager waits for what is missing upstream": (
        REAL + "@asset\ndef x(): return 1\n@asset\ndef y(): return 1\n"
        "@asset(automation_condition=AC.eager())\ndef down(x, y): return x\n"
        "tick(x, y, down); make(x); tick(x, y, down); make(y); tick(x, y, down); tick(x, y, down)"
    ),
    "eager in a row is requested at once": (
        REAL + "@asset\ndef up(): return 1\n"
        "@asset(automation_condition=AC.eager())\ndef b(up): return 1\n"
        "@asset(automation_condition=AC.eager())\ndef c(b): return 1\n"
        "tick(up, b, c); make(up); tick(up, b, c); make(up, b, c); tick(up, b, c)"
    ),
    "eager of a failed asset is not requested again": (
        REAL
        + "@asset\ndef up(): return 1\n@asset(automation_condition=AC.eager())\ndef down(up): raise ValueError('no')\n"
        "tick(up, down); make(up); tick(up, down); make(up, down, selection=[down], raise_on_error=False)\n"
        "tick(up, down); tick(up, down); make(up); tick(up, down)"
    ),
    "eager on what is made elsewhere": (
        REAL + "@asset(deps=['there'], automation_condition=AC.eager())\ndef a(): return 1\n"
        "tick(a); report('there'); tick(a); tick(a); report('there'); tick(a)"
    ),
    "on_missing: what is missing at first is not requested": REAL
    + _one("AC.on_missing()")
    + "tick(a); tick(a)",
    "on_missing after a wipe": (
        REAL + _one("AC.on_missing()") + "make(a); tick(a); instance.wipe_assets([a.key]); tick(a); tick(a)"
    ),
    "on_missing waits for what is missing upstream": (
        REAL + _two("AC.on_missing()") + "tick(up, down); make(up); tick(up, down); tick(up, down)"
    ),
    "on_cron of an asset that is derived from nothing": (
        TOLD
        + _one("AC.on_cron('0 * * * *')")
        + "tick(a); tick(a, minutes=30); tick(a, minutes=30); tick(a, minutes=1)"
    ),
    "on_cron waits for what is upstream": (
        TOLD
        + _two("AC.on_cron('0 * * * *')")
        + "make(up); tick(up, down); tick(up, down, hours=1); tick(up, down, minutes=1); make(up)\n"
        "tick(up, down, minutes=1); tick(up, down, minutes=1)"
    ),
    "on_cron in a time zone": (
        TOLD
        + _one("AC.on_cron('0 12 * * *', 'Europe/Berlin')")
        + "tick(a); tick(a, minutes=30); tick(a, minutes=30); tick(a, hours=1)"
    ),
    "on_cron of a row": (
        TOLD + "@asset(automation_condition=AC.on_cron('@hourly'))\ndef up(): return 1\n"
        "@asset(automation_condition=AC.on_cron('@hourly'))\ndef down(up): return 1\n"
        "tick(up, down); tick(up, down, hours=1); tick(up, down, minutes=1)"
    ),
    # What is so, and what has happened
    "missing": REAL + _one("AC.missing()") + "tick(a); tick(a); make(a); tick(a)",
    "newly missing": REAL + _one("AC.newly_missing()") + "tick(a); tick(a); make(a); tick(a)",
    "newly updated": REAL
    + _one("AC.newly_updated()")
    + "tick(a); make(a); tick(a); tick(a); make(a); tick(a)",
    "newly requested": (
        REAL + _one("AC.newly_requested() | AC.initial_evaluation()") + "tick(a); tick(a); tick(a)"
    ),
    "initial evaluation": REAL + _one("AC.initial_evaluation()") + "tick(a); tick(a)",
    "execution failed": (
        REAL
        + FAILING.format("AC.execution_failed()")
        + "tick(a); make(a, raise_on_error=False); tick(a); tick(a)"
    ),
    "execution failed, newly": (
        REAL
        + FAILING.format("AC.execution_failed().newly_true()")
        + "tick(a); make(a, raise_on_error=False); tick(a); tick(a)"
    ),
    "in progress when nothing is": REAL + _one("~AC.in_progress()") + "tick(a); tick(a)",
    "code version": (
        REAL
        + "def version(text):\n    @asset(code_version=text, automation_condition=AC.code_version_changed())\n"
        "    def a(): return 1\n    return a\n"
        "tick(version('1')); tick(version('1')); tick(version('2')); tick(version('2'))"
    ),
    "code version that is not given": REAL + _one("AC.code_version_changed()") + "tick(a); tick(a)",
    "code version since the last run": (
        REAL
        + "def version(text):\n    @asset(code_version=text, automation_condition=AC.code_version_changed().since_last_handled()"
        " & ~AC.any_deps_missing())\n    def a(): return 1\n    return a\n"
        "tick(version('1')); tick(version('2')); tick(version('2'))"
    ),
    "data version": (
        REAL
        + _one("AC.data_version_changed()")
        + "def is_now(v): report('a', tags={'dagster/data_version': v})\n"
        "tick(a); is_now('1'); tick(a); is_now('1'); tick(a); is_now('2'); tick(a); tick(a)"
    ),
    "cron ticks": (
        TOLD
        + _one("AC.cron_tick_passed('*/10 * * * *')")
        + "tick(a); tick(a, minutes=5); tick(a, minutes=4); tick(a, minutes=10); tick(a, seconds=1)"
    ),
    "a cron tick at the very moment": (
        TOLD
        + _one("AC.cron_tick_passed('0 * * * *')")
        + "tick(a, minutes=-1); tick(a); tick(a, hours=1); tick(a)"
    ),
    "tags of runs": (
        REAL
        + _two("AC.any_deps_match(AC.executed_with_tags(tag_values={'who': 'me'}))")
        + "tick(up, down); make(up); tick(up, down); make(up, tags={'who': 'me'}); tick(up, down); make(up); tick(up, down)"
    ),
    "tags of new updates": (
        REAL
        + _two(
            "AC.any_deps_match(AC.any_new_update_has_run_tags(tag_keys={'who'}) & ~AC.all_new_updates_have_run_tags("
            "tag_keys={'who'}))"
        )
        + "make(up); tick(up, down); make(up, tags={'who': 'me'}); tick(up, down)\n"
        "make(up); make(up, tags={'who': 'me'}); tick(up, down)"
    ),
    # Of others
    "any of what is upstream": (
        REAL + "@asset\ndef x(): return 1\n@asset\ndef y(): return 1\n"
        "@asset(automation_condition=AC.any_deps_match(AC.missing()))\ndef down(x, y): return x\n"
        "tick(x, y, down); make(x); tick(x, y, down); make(y); tick(x, y, down)"
    ),
    "all of what is upstream": (
        REAL + "@asset\ndef x(): return 1\n@asset\ndef y(): return 1\n"
        "@asset(automation_condition=AC.all_deps_match(~AC.missing()))\ndef down(x, y): return x\n"
        "tick(x, y, down); make(x); tick(x, y, down); make(y); tick(x, y, down)"
    ),
    "all of what is upstream of nothing": REAL + _one("AC.all_deps_match(AC.missing())") + "tick(a)",
    "upstream but for what is ignored": (
        REAL + "@asset\ndef x(): return 1\n@asset\ndef y(): return 1\n"
        "@asset(automation_condition=AC.any_deps_match(AC.missing()).ignore(AssetSelection.assets('y')))\n"
        "def down(x, y): return x\n"
        "tick(x, y, down); make(x); tick(x, y, down)"
    ),
    "upstream within what is allowed": (
        REAL + "@asset\ndef x(): return 1\n@asset(group_name='g')\ndef y(): return 1\n"
        "@asset(automation_condition=AC.eager().allow(AssetSelection.groups('g')))\ndef down(x, y): return x\n"
        "make(x, y); tick(x, y, down); make(x); tick(x, y, down); make(y); tick(x, y, down)"
    ),
    "another asset, upstream": (
        REAL
        + _two("AC.asset_matches('up', AC.newly_updated())")
        + "tick(up, down); make(up); tick(up, down); tick(up, down)"
    ),
    "another asset, downstream": (
        REAL + "@asset(automation_condition=AC.asset_matches('down', AC.missing()))\ndef up(): return 1\n"
        "@asset\ndef down(up): return 1\ntick(up, down); make(up, down); tick(up, down)"
    ),
    "another asset that nothing connects": (
        REAL
        + "@asset\ndef x(): return 1\n@asset(automation_condition=AC.asset_matches('x', AC.missing()))\ndef a(): return 1\n"
        "tick(x, a); make(x); tick(x, a)"
    ),
    "the conditions of what is downstream": (
        REAL + "@asset(automation_condition=AC.any_downstream_conditions())\ndef up(): return 1\n"
        "@asset(automation_condition=AC.eager())\ndef down(up): return 1\n"
        "tick(up, down); make(up); tick(up, down); tick(up, down)"
    ),
    "the conditions of what is downstream of that": (
        REAL + "@asset(automation_condition=AC.any_downstream_conditions())\ndef x(): return 1\n"
        "@asset(automation_condition=AC.any_downstream_conditions())\ndef y(x): return 1\n"
        "@asset(automation_condition=AC.missing())\ndef z(y): return 1\n"
        "tick(x, y, z); make(x); tick(x, y, z)"
    ),
    "a cron schedule of what is downstream": (
        TOLD + "@asset(automation_condition=AC.any_downstream_conditions())\ndef up(): return 1\n"
        "@asset(automation_condition=AC.on_cron('@hourly'))\ndef down(up): return 1\n"
        "tick(up, down); tick(up, down, hours=1); tick(up, down, minutes=1); tick(up, down, hours=1)"
    ),
    "what will be requested": (
        REAL + "@asset(automation_condition=AC.missing())\ndef up(): return 1\n"
        "@asset(automation_condition=AC.any_deps_match(AC.will_be_requested()))\ndef down(up): return 1\n"
        "tick(up, down); make(up); tick(up, down)"
    ),
    "blocking checks where there are none": (
        REAL
        + _two("AC.all_deps_blocking_checks_passed() & AC.missing()")
        + "tick(up, down); make(up, down); tick(up, down)"
    ),
    # Operators
    "since, with a reset": (
        REAL
        + _two("AC.any_deps_updated().since(AC.newly_updated())")
        + "tick(up, down); make(up); tick(up, down); tick(up, down); make(up, down, selection=[down]); tick(up, down)"
    ),
    "since: of two in one interval the later counts": (
        REAL
        + _two("AC.any_deps_updated().since(AC.newly_updated())")
        + "make(up); tick(up, down); make(up); make(up, down, selection=[down]); tick(up, down)\n"
        "make(up, down, selection=[down]); make(up); tick(up, down); tick(up, down)"
    ),
    "newly true of a combination": (
        REAL
        + _one("(AC.missing() & ~AC.in_progress()).newly_true()")
        + "tick(a); tick(a); make(a); tick(a); instance.wipe_assets([a.key]); tick(a)"
    ),
    "not, and, or": (
        REAL
        + _one("~(AC.missing() | AC.in_progress()) & AC.initial_evaluation()")
        + "tick(a); make(a); tick(a)"
    ),
    "several assets of one function are requested together": (
        REAL + "@multi_asset(outs={'x': AssetOut(automation_condition=AC.missing()), 'y': AssetOut()})\n"
        "def m(): return 1, 2\ntick(m); make(m); tick(m)"
    ),
    "one of several assets of a function that can subset": (
        REAL + "@multi_asset(outs={'x': AssetOut(automation_condition=AC.missing(), is_required=False),"
        " 'y': AssetOut(is_required=False)}, can_subset=True)\n"
        "def m(context):\n    yield Output(1, 'x')\ntick(m)"
    ),
    "a graph asset": (
        REAL
        + "@op\ndef one(): return 1\n@graph_asset(automation_condition=AC.missing())\ndef a(): return one()\n"
        "tick(a); make(a); tick(a)"
    ),
    "a selection of those that are evaluated": (
        REAL + _one("AC.missing()") + "@asset(automation_condition=AC.missing())\ndef b(): return 1\n"
        "result = evaluate_automation_conditions([a, b], instance, asset_selection=AssetSelection.assets(b))\n"
        "seen = (result.total_requested, result.get_num_requested(a.key), result.get_requested_partitions(b.key))"
    ),
    "a condition of one's own": (
        REAL + "class Every(AutomationCondition):\n    def evaluate(self, context):\n"
        "        if context.cursor == 'odd':\n"
        "            return AutomationResult(context, true_subset=context.candidate_subset)\n"
        "        return AutomationResult(context, true_subset=context.get_empty_subset(), cursor='odd')\n"
        "@asset(automation_condition=Every() & ~AC.in_progress())\ndef a(): return 1\n"
        "tick(a); tick(a); tick(a); tick(a)"
    ),
    # What conditions say of themselves
    "labels and names": (
        REAL + "c = AC.missing().with_label('gone') & ~AC.in_progress()\n"
        "seen = [c.get_label(), c.name, [each.name for each in c.children], [each.get_label() for each in c.children],\n"
        " AC.eager().get_label(), AC.on_cron('@daily').get_label(), AC.on_missing().get_label(),\n"
        " AC.cron_tick_passed('@daily').name, AC.missing().newly_true().name, AC.missing().since(AC.in_progress()).name,\n"
        " AC.any_deps_match(AC.missing()).name, AC.any_deps_updated().get_label(), AC.newly_missing().get_label(),\n"
        " AC.executed_with_tags(tag_keys={'b', 'a'}, tag_values={'k': 'v'}).name, AC.check_passed().name,\n"
        " AC.any_checks_match(AC.check_failed(), blocking_only=True).name]"
    ),
    "equal conditions": (
        REAL
        + "seen = [AC.eager() == AC.eager(), AC.eager() == AC.on_missing(), AC.missing() == AC.missing().with_label('x'),\n"
        " AC.any_deps_match(AC.missing()) == AC.any_deps_match(AC.missing())]"
    ),
    "parts without labels are joined": (
        REAL + "m, p, f = AC.missing(), AC.in_progress(), AC.execution_failed()\n"
        "seen = [len((m & p & f).children), len(((m & p).with_label('x') & f).children), len((m | p | f).children),\n"
        " len((m & (p & f)).children), len((m | (p & f)).children)]"
    ),
    "replace": (
        REAL + "e = AC.any_deps_updated().since_last_handled() & ~AC.in_progress()\n"
        "r = e.replace('handled', AC.newly_requested()).replace(AC.in_progress(), AC.missing()).replace('newly_updated', AC.missing())\n"
        "seen = [r == AC.any_deps_updated().replace('newly_updated', AC.missing()).since(AC.newly_requested()) & ~AC.missing(),\n"
        " AC.missing().newly_true().replace('missing', AC.in_progress()) == AC.missing().newly_true(),\n"
        " AC.eager().replace('eager', AC.missing()) == AC.missing()]"
    ),
    "without": (
        REAL + "c = AC.eager().without(~AC.any_deps_missing())\nseen = [len(c.children), c.get_label()]"
    ),
    "without what is not there": REAL + "AC.eager().without(AC.missing())",
    "without all but one": REAL + "(AC.missing() & AC.in_progress()).without(AC.missing())",
    "allow and ignore say so in the name": (
        REAL
        + "c = AC.any_deps_match(AC.missing()).allow(AssetSelection.keys('x')).ignore(AssetSelection.keys('y'))\n"
        "seen = [c.name.split('(')[0], 'allow_selection' in c.name, 'ignore_selection' in c.name, hasattr(AC.missing(), 'allow')]"
    ),
    # What is refused
    "a cron schedule that is none": REAL + "AC.cron_tick_passed('nonsense')",
    "a cron schedule of too few fields": REAL + "AC.on_cron('* *')",
    "allow something that is no selection": REAL + "AC.eager().allow('x')",
    "a condition that is none": REAL + "@asset(automation_condition='eager')\ndef a(): return 1",
    "a condition of a spec that is none": REAL + "AssetSpec('a', automation_condition=3)",
    # The tags of materializations, which conditions look at
    "versions in tags": (
        REAL + "@asset(code_version='v1')\ndef a(): return 1\n"
        "@asset(code_version='v2')\ndef b(a): return Output(2, data_version=DataVersion('mine'))\n"
        "@asset(deps=[b])\ndef c(): return MaterializeResult(data_version=DataVersion('its'), tags={'k': 'v'})\n"
        "def tags(node):\n"
        "    made = materialize([a, b, c], instance=instance).asset_materializations_for_node(node)[0].tags\n"
        "    known = ('mine', 'its', 'v', 'v1', 'v2', 'true')\n"
        "    return {k: v if v in known else '' for k, v in made.items() if 'pointer' not in k}\n"
        "seen = [tags('a'), tags('b'), tags('c')]"
    ),
    "the same code from the same inputs gives the same data": (
        REAL + "@asset(code_version='1', automation_condition=AC.data_version_changed())\ndef a(): return 1\n"
        "@asset(automation_condition=AC.data_version_changed())\ndef b(): return 1\n"
        "@asset(code_version='1', automation_condition=AC.data_version_changed())\ndef c(a): return 1\n"
        "make(a, b, c); tick(a, b, c); make(a, b, c); tick(a, b, c); tick(a, b, c)"
    ),
    # Partitions
    "missing partitions": (
        TOLD + "parts = StaticPartitionsDefinition(['x', 'y', 'z'])\n"
        "@asset(partitions_def=parts, automation_condition=AC.missing())\ndef a(): return 1\n"
        "tick(a); make(a, partition_key='y'); tick(a); tick(a)"
    ),
    "which partitions are requested": (
        REAL + "parts = StaticPartitionsDefinition(['x', 'y', 'z'])\n"
        "@asset(partitions_def=parts, automation_condition=AC.missing())\ndef a(): return 1\n"
        "make(a, partition_key='y')\n"
        "seen = sorted(evaluate_automation_conditions([a], instance).get_requested_partitions(a.key))"
    ),
    "eager looks at the last partition in time": (
        TOLD + "days = DailyPartitionsDefinition('2024-05-01')\n"
        "@asset(partitions_def=days)\ndef up(): return 1\n"
        "@asset(deps=[up], partitions_def=days, automation_condition=AC.eager())\ndef down(): return 1\n"
        "tick(up, down); make(up, partition_key='2024-05-02'); tick(up, down); make(up, partition_key='2024-05-04')\n"
        "tick(up, down); tick(up, down)"
    ),
    "so many days back": (
        TOLD + "days = DailyPartitionsDefinition('2024-04-01')\n"
        "@asset(partitions_def=days, automation_condition=AC.missing() & AC.in_latest_time_window(datetime.timedelta(days=3)))\n"
        "def a(): return 1\ntick(a); make(a, partition_key='2024-05-03'); tick(a); tick(a, days=1)"
    ),
    "a new partition in time": (
        TOLD + "days = DailyPartitionsDefinition('2024-05-01')\n"
        "@asset(partitions_def=days, automation_condition=AC.on_missing())\ndef a(): return 1\n"
        "tick(a); tick(a, days=1); tick(a, hours=1); tick(a, days=1)"
    ),
    "on_cron of partitions": (
        TOLD + "days = DailyPartitionsDefinition('2024-05-01')\n"
        "@asset(partitions_def=days, automation_condition=AC.on_cron('@daily'))\ndef a(): return 1\n"
        "tick(a); tick(a, hours=1); tick(a, days=1); tick(a, hours=1)"
    ),
    "upstream of other partitions": (
        TOLD
        + "hours, days = HourlyPartitionsDefinition('2024-05-01-00:00'), DailyPartitionsDefinition('2024-05-01')\n"
        "@asset(partitions_def=hours)\ndef up(): return 1\n"
        "@asset(deps=[up], partitions_def=days, automation_condition=AC.any_deps_match(AC.newly_updated()))\ndef down(): return 1\n"
        "tick(up, down); make(up, partition_key='2024-05-02-03:00'); make(up, partition_key='2024-05-03-04:00')\n"
        "tick(up, down); tick(up, down)"
    ),
    "upstream without partitions": (
        REAL + "parts = StaticPartitionsDefinition(['x', 'y'])\n@asset\ndef up(): return 1\n"
        "@asset(deps=[up], partitions_def=parts, automation_condition=AC.eager())\ndef down(): return 1\n"
        "tick(up, down); make(up); tick(up, down); tick(up, down)"
    ),
    "partitions upstream of what has none": (
        REAL
        + "parts = StaticPartitionsDefinition(['x', 'y'])\n@asset(partitions_def=parts)\ndef up(): return 1\n"
        "@asset(deps=[up], automation_condition=AC.eager())\ndef down(): return 1\n"
        "tick(up, down); make(up, partition_key='x'); tick(up, down); make(up, partition_key='y'); tick(up, down)"
    ),
    "its own past": (
        TOLD + "days = DailyPartitionsDefinition('2024-05-01')\n"
        "before = AssetDep('a', partition_mapping=TimeWindowPartitionMapping(start_offset=-1, end_offset=-1))\n"
        "@asset(deps=[before], partitions_def=days, automation_condition=AC.eager())\ndef a(): return 1\n"
        "tick(a); make(a, partition_key='2024-05-03'); tick(a); tick(a)"
    ),
    "partitions that are requested together": (
        REAL + "parts = StaticPartitionsDefinition(['x', 'y'])\n"
        "@asset(partitions_def=parts, automation_condition=AC.missing())\ndef up(): return 1\n"
        "@asset(deps=[up], partitions_def=parts, automation_condition=AC.any_deps_match(AC.will_be_requested()))\ndef down(): return 1\n"
        "make(up, partition_key='x'); tick(up, down)"
    ),
    # Checks
    "a check of what was updated": (
        REAL + "@asset\ndef a(): return 1\n"
        "@asset_check(asset=a, automation_condition=AC.eager())\ndef fine(): return AssetCheckResult(passed=True)\n"
        "tick(a, fine); make(a); tick(a, fine); tick(a, fine)"
    ),
    "a condition on checks": (
        REAL + "@asset(check_specs=[AssetCheckSpec('fine', asset='a')])\n"
        "def a(): return MaterializeResult(check_results=[AssetCheckResult(passed=GOOD[0])])\n"
        "@asset(deps=[a], automation_condition=AC.any_deps_match(AC.any_checks_match(AC.check_failed())))\ndef down(): return 1\n"
        "GOOD = [True]\nmake(a); tick(a, down); GOOD[0] = False; make(a); tick(a, down); GOOD[0] = True; make(a); tick(a, down)"
    ),
    "blocking checks": (
        REAL + "@asset(check_specs=[AssetCheckSpec('fine', asset='a', blocking=True)])\n"
        "def a(): return MaterializeResult(check_results=[AssetCheckResult(passed=GOOD[0])])\n"
        "@asset(deps=[a], automation_condition=AC.missing() & AC.all_deps_blocking_checks_passed())\ndef down(): return 1\n"
        "GOOD = [False]\ntick(a, down); make(a, raise_on_error=False); tick(a, down); GOOD[0] = True; make(a); tick(a, down)"
    ),
}
