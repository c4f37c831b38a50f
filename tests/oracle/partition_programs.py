"""Small programs about partitions, as text, to be run with the names of Dagster and with those of `nb_assets`."""

from __future__ import annotations

_DAYS = "days = DailyPartitionsDefinition('2024-01-01', end_date='2024-01-11')\n"
_AB = "ab = StaticPartitionsDefinition(['a', 'b'])\n"
_FROM_DATETIME = "from datetime import datetime\n"


def _keys(definition: str) -> str:
    return f"{_FROM_DATETIME}p = {definition}\nseen = list(p.get_partition_keys())"


def _windows(definition: str) -> str:
    return (
        f"{_FROM_DATETIME}p = {definition}\n"
        "seen = [(k, *(each.isoformat() for each in p.time_window_for_partition_key(k))) for k in p.get_partition_keys()]"
    )


def _upstream(mapping: str, upstream: str, downstream: str, keys: str) -> str:
    return (
        f"up = {upstream}\ndown = {downstream}\nm = {mapping}\nseen = []\n"
        f"for key in {keys}:\n"
        "    r = m.get_upstream_mapped_partitions_result_for_partitions(\n"
        "        down.empty_subset().with_partition_keys([key]), down, up)\n"
        "    seen.append((key, sorted(r.partitions_subset.get_partition_keys()),"
        " sorted(r.required_but_nonexistent_partition_keys)))\n"
    )


def _downstream(mapping: str, upstream: str, downstream: str, keys: str) -> str:
    return (
        f"up = {upstream}\ndown = {downstream}\nm = {mapping}\nseen = []\n"
        f"for key in {keys}:\n"
        "    r = m.get_downstream_partitions_for_partitions(up.empty_subset().with_partition_keys([key]), up, down)\n"
        "    seen.append((key, sorted(r.get_partition_keys())))\n"
    )


_D = "DailyPartitionsDefinition('2024-01-01', end_date='2024-01-11')"
_H = "HourlyPartitionsDefinition('2024-01-01-00:00', end_date='2024-01-03-00:00')"
_W = "WeeklyPartitionsDefinition('2023-12-31', end_date='2024-02-01')"
_M = "MonthlyPartitionsDefinition('2023-12-01', end_date='2024-03-01')"
_S = "StaticPartitionsDefinition(['a', 'b', 'c'])"
_MULTI = f"MultiPartitionsDefinition({{'day': {_D}, 'letter': {_S}}})"

PROGRAMS: dict[str, str] = {
    # Definitions
    "static keys": _keys("StaticPartitionsDefinition(['b', 'a'])"),
    "a static key twice": "StaticPartitionsDefinition(['a', 'a'])",
    "a static key with a range in it": "StaticPartitionsDefinition(['a...b'])",
    "a static key with a line break": "StaticPartitionsDefinition(['a\\n'])",
    "a static key of a number": "StaticPartitionsDefinition([1])",
    "static keys in a range": (
        "p = StaticPartitionsDefinition(list('abcde'))\n"
        "seen = list(p.get_partition_keys_in_range(PartitionKeyRange('b', 'd')))"
    ),
    "static keys in a range of nothing": (
        "p = StaticPartitionsDefinition(list('abcde'))\np.get_partition_keys_in_range(PartitionKeyRange('b', 'x'))"
    ),
    "static definitions compare": (
        "seen = [StaticPartitionsDefinition(['a']) == StaticPartitionsDefinition(['a']), "
        "StaticPartitionsDefinition(['a']) == StaticPartitionsDefinition(['b'])]"
    ),
    "days": _keys(_D),
    "days that begin at noon": _keys(
        "DailyPartitionsDefinition('2024-01-01', end_date='2024-01-05', hour_offset=12, minute_offset=30)"
    ),
    "days of a datetime": _keys(
        "DailyPartitionsDefinition(datetime(2024, 1, 1), end_date=datetime(2024, 1, 5))"
    ),
    "days in another format": _keys(
        "DailyPartitionsDefinition('01/02/2024', end_date='01/06/2024', fmt='%m/%d/%Y')"
    ),
    "days held back": _keys("DailyPartitionsDefinition('2024-01-01', end_date='2024-01-05', end_offset=-2)"),
    "days from the wrong format": "DailyPartitionsDefinition('January')",
    "a zone that is not there": "DailyPartitionsDefinition('2024-01-01', timezone='Mars/Olympus')",
    "hours": _keys(_H),
    "hours from a quarter past": _keys(
        "HourlyPartitionsDefinition('2024-01-01-00:00', end_date='2024-01-01-05:00', minute_offset=15)"
    ),
    "weeks": _windows(_W),
    "weeks from Wednesday": _windows(
        "WeeklyPartitionsDefinition('2024-01-01', end_date='2024-02-01', day_offset=3)"
    ),
    "months": _windows(_M),
    "months from the tenth": _windows(
        "MonthlyPartitionsDefinition('2024-01-01', end_date='2024-06-01', day_offset=10, hour_offset=4)"
    ),
    "a cron schedule": _windows(
        "TimeWindowPartitionsDefinition(start='2024-01-01', end='2024-02-01', fmt='%Y-%m-%d', cron_schedule='0 0 * * 1,4')"
    ),
    "a cron schedule of every fifteen minutes": _keys(
        "TimeWindowPartitionsDefinition(start='2024-01-01-00:00', end='2024-01-01-03:00', fmt='%Y-%m-%d-%H:%M', "
        "cron_schedule='*/15 * * * *')"
    ),
    "no cron schedule": (
        "TimeWindowPartitionsDefinition(start='2024-01-01', fmt='%Y-%m-%d', cron_schedule='every day')"
    ),
    "a cron schedule of six fields": (
        "TimeWindowPartitionsDefinition(start='2024-01-01', fmt='%Y-%m-%d', cron_schedule='0 0 0 * * *')"
    ),
    "exclusions of a cron schedule": _windows(
        "DailyPartitionsDefinition('2024-01-01', end_date='2024-01-15', exclusions=['0 0 * * 6', '0 0 * * 0'])"
    ),
    "exclusions of a datetime": _keys(
        "DailyPartitionsDefinition('2024-01-01', end_date='2024-01-06', exclusions=[datetime(2024, 1, 3)])"
    ),
    "an exclusion that is none": "DailyPartitionsDefinition('2024-01-01', exclusions=['never'])",
    **{
        f"{name} where clocks are set {where}": _windows(
            f"TimeWindowPartitionsDefinition(start='{start}', end='{end}', fmt='%Y-%m-%d-%H:%M', cron_schedule='{cron}', "
            "timezone='America/New_York')"
        )
        for where, start, end in [
            ("forward", "2024-03-09-00:00", "2024-03-11-06:00"),
            ("back", "2024-11-02-00:00", "2024-11-04-06:00"),
        ]
        for name, cron in [
            ("hours", "15 * * * *"),
            ("half hours", "*/30 * * * *"),
            ("two hours", "0 */2 * * *"),
            ("half past one", "30 1 * * *"),
            ("half past two", "30 2 * * *"),
            ("days", "0 0 * * *"),
        ]
    },
    "days in Berlin over a year": _windows(
        "DailyPartitionsDefinition('2024-01-01', end_date='2024-12-31', timezone='Europe/Berlin')"
    ),
    "the first, the last, the next": (
        f"p = {_D}\nseen = [p.get_first_partition_key(), p.get_last_partition_key(), "
        "p.get_next_partition_key('2024-01-05'), p.get_next_partition_key('2024-01-10'), p.get_num_partitions(), "
        "p.has_partition_key('2024-01-10'), p.has_partition_key('2024-01-11'), p.has_partition_key('2024-1-1'), "
        "p.has_partition_key('nonsense')]"
    ),
    "what exists at a time": (
        f"{_FROM_DATETIME}p = DailyPartitionsDefinition('2024-01-01')\n"
        "seen = [list(p.get_partition_keys(datetime(2024, 1, 4, hour))) for hour in (0, 12)]"
    ),
    "what exists at a time, with an end offset": (
        f"{_FROM_DATETIME}p = DailyPartitionsDefinition('2024-01-01', end_offset=1)\n"
        "seen = [list(p.get_partition_keys(datetime(*day))) for day in [(2023, 12, 31, 12), (2024, 1, 1), (2024, 1, 3)]]"
    ),
    "what exists before the start": (
        f"{_FROM_DATETIME}p = DailyPartitionsDefinition('2024-01-01')\n"
        "seen = list(p.get_partition_keys(datetime(2023, 6, 1)))"
    ),
    "days in a range": f"p = {_D}\nseen = list(p.get_partition_keys_in_range(PartitionKeyRange('2024-01-03', '2024-01-06')))",
    "the schedule of a definition": (
        f"w = {_W}\nseen = [w.cron_schedule, w.get_cron_schedule(hour_of_day=5), w.day_offset, w.hour_offset, "
        f"w.minute_offset, w.schedule_type.value, {_M}.get_cron_schedule(day_of_month=7)]"
    ),
    "a schedule of days with a weekday": f"{_D}.get_cron_schedule(day_of_week=2)",
    "keys in two dimensions": _keys(_MULTI),
    "a key in two dimensions": (
        "k = MultiPartitionKey({'letter': 'a', 'day': '2024-01-02'})\n"
        f"seen = [str(k), dict(k.keys_by_dimension), k == '2024-01-02|a', {_MULTI}.has_partition_key(k), "
        f"{_MULTI}.has_partition_key('2024-01-02|x'), dict({_MULTI}.get_partition_key_from_str('2024-01-03|b').keys_by_dimension)]"
    ),
    "three dimensions": f"MultiPartitionsDefinition({{'a': {_S}, 'b': {_S}, 'c': {_S}}})",
    "a dimension with a bar in its keys": (
        f"MultiPartitionsDefinition({{'a': {_S}, 'b': StaticPartitionsDefinition(['x|y'])}})"
    ),
    "a dimension in dimensions": f"MultiPartitionsDefinition({{'a': {_MULTI}, 'b': {_S}}})",
    "dynamic partitions without a name": "DynamicPartitionsDefinition()",
    "dynamic partitions of a function": "seen = DynamicPartitionsDefinition(lambda _=None: ['x', 'y']).get_partition_keys()",
    "a backfill policy of no partitions": "BackfillPolicy.multi_run(0)",
    "backfill policies": (
        "seen = [BackfillPolicy.single_run().max_partitions_per_run, BackfillPolicy.multi_run(5).max_partitions_per_run, "
        "BackfillPolicy.multi_run().max_partitions_per_run, BackfillPolicy.single_run() == BackfillPolicy.single_run()]"
    ),
    # Mappings
    "hours of days": _upstream(
        "TimeWindowPartitionMapping()", _H, _D, "['2024-01-01', '2024-01-02', '2024-01-05']"
    ),
    "days of hours": _upstream(
        "TimeWindowPartitionMapping()", _D, _H, "['2024-01-01-00:00', '2024-01-02-23:00']"
    ),
    "days of weeks": _upstream("TimeWindowPartitionMapping()", _D, _W, "['2023-12-31', '2024-01-07']"),
    "weeks of months": _upstream("TimeWindowPartitionMapping()", _W, _M, "['2024-01-01']"),
    "the day before": _upstream(
        "TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)",
        _D,
        _D,
        "['2024-01-01', '2024-01-02', '2024-01-10']",
    ),
    "this day and the one before": _upstream(
        "TimeWindowPartitionMapping(start_offset=-1)", _D, _D, "['2024-01-01', '2024-01-02']"
    ),
    "three days around": _upstream(
        "TimeWindowPartitionMapping(start_offset=-1, end_offset=1)",
        _D,
        _D,
        "['2024-01-01', '2024-01-05', '2024-01-10']",
    ),
    "days that are missing": _upstream(
        "TimeWindowPartitionMapping()",
        "DailyPartitionsDefinition('2024-01-05', end_date='2024-01-11')",
        _D,
        "['2024-01-03', '2024-01-06']",
    ),
    "days that may be missing": _upstream(
        "TimeWindowPartitionMapping(allow_nonexistent_upstream_partitions=True)",
        "DailyPartitionsDefinition('2024-01-05', end_date='2024-01-11')",
        _D,
        "['2024-01-03', '2024-01-06']",
    ),
    "time in two zones": _upstream(
        "TimeWindowPartitionMapping()",
        _D,
        _D.replace("end_date", "timezone='Asia/Tokyo', end_date"),
        "['2024-01-03']",
    ),
    "an offset of half a day": "TimeWindowPartitionMapping(start_offset=0.5)",
    "what follows from a day": _downstream(
        "TimeWindowPartitionMapping(start_offset=-1)", _D, _D, "['2024-01-01', '2024-01-10']"
    ),
    "what follows from an hour": _downstream("TimeWindowPartitionMapping()", _H, _D, "['2024-01-01-05:00']"),
    "the same key": _upstream(
        "IdentityPartitionMapping()", _S, "StaticPartitionsDefinition(['a', 'x'])", "['a', 'x']"
    ),
    "every key": _upstream("AllPartitionMapping()", _S, _D, "['2024-01-01']"),
    "the last key": _upstream("LastPartitionMapping()", _D, _S, "['a']"),
    "named keys": _upstream("SpecificPartitionsPartitionMapping(['a', 'c'])", _S, _D, "['2024-01-01']"),
    "keys told one by one": _upstream(
        "StaticPartitionMapping({'a': 'x', 'b': ['x', 'y']})",
        _S,
        "StaticPartitionsDefinition(['x', 'y', 'z'])",
        "['x', 'y', 'z']",
    ),
    "what follows from keys told one by one": _downstream(
        "StaticPartitionMapping({'a': 'x', 'b': ['x', 'y']})",
        _S,
        "StaticPartitionsDefinition(['x', 'y', 'z'])",
        "['a', 'b', 'c']",
    ),
    "pairs of a day": _upstream("MultiToSingleDimensionPartitionMapping()", _MULTI, _D, "['2024-01-03']"),
    "the letter of a pair": _upstream(
        "MultiToSingleDimensionPartitionMapping('letter')", _S, _MULTI, "['2024-01-03|b']"
    ),
    "a dimension that is not there": _upstream(
        "MultiToSingleDimensionPartitionMapping('size')", _S, _MULTI, "['2024-01-03|b']"
    ),
    "dimension by dimension": _upstream(
        "MultiPartitionMapping({'day': DimensionPartitionMapping('day', TimeWindowPartitionMapping(start_offset=-1, "
        "end_offset=-1)), 'letter': DimensionPartitionMapping('letter', IdentityPartitionMapping())})",
        _MULTI,
        _MULTI,
        "['2024-01-03|b']",
    ),
    "one dimension alone": _upstream(
        "MultiPartitionMapping({'day': DimensionPartitionMapping('day', IdentityPartitionMapping())})",
        _MULTI,
        _MULTI,
        "['2024-01-03|b']",
    ),
    # Runs
    "a partition": (
        f"{_AB}@asset(partitions_def=ab)\ndef a(context): return context.partition_key\n"
        "result = materialize([a], partition_key='b')\n"
        "seen = [m.partition for m in result.asset_materializations_for_node('a')]"
    ),
    "a partition that is not there": (
        f"{_AB}@asset(partitions_def=ab)\ndef a(): return 1\nresult = materialize([a], partition_key='x')"
    ),
    "a partition of assets without any": "@asset\ndef a(): return 1\nresult = materialize([a], partition_key='x')",
    "a partition of assets with different ones": (
        f"{_AB}{_DAYS}@asset(partitions_def=ab)\ndef a(): return 1\n@asset(partitions_def=days)\ndef b(): return 1\n"
        "result = materialize([a, b], partition_key='a')"
    ),
    "no partition of an asset that has some": (
        f"{_AB}@asset(partitions_def=ab)\ndef a(context): return context.has_partition_key\nresult = materialize([a])"
    ),
    "no partition, asked for in the function": (
        f"{_AB}@asset(partitions_def=ab)\ndef a(context): return context.partition_key\nresult = materialize([a])"
    ),
    "a chain of partitions": (
        f"{_DAYS}@asset(partitions_def=days)\ndef a(context): return context.partition_key\n"
        "@asset(partitions_def=days)\ndef b(a): return a + '!'\nresult = materialize([a, b], partition_key='2024-01-03')"
    ),
    "the time of a partition": (
        f"{_DAYS}@asset(partitions_def=days)\ndef a(context):\n"
        "    w = context.partition_time_window\n    return [w.start.isoformat(), w.end.isoformat(), "
        "context.asset_partition_key_for_output(), list(context.partition_keys), tuple(context.partition_key_range), "
        "context.has_partition_key_range, context.asset_partitions_def_for_output() == days]\n"
        "result = materialize([a], partition_key='2024-01-03')"
    ),
    "the time of a partition that has none": (
        f"{_AB}@asset(partitions_def=ab)\ndef a(context): return context.partition_time_window\n"
        "result = materialize([a], partition_key='a')"
    ),
    "the partitions of an input": (
        f"{_DAYS}@asset(partitions_def=days)\ndef a(): return 1\n@asset(partitions_def=days)\ndef b(context, a):\n"
        "    w = context.asset_partitions_time_window_for_input('a')\n"
        "    return [context.asset_partition_key_for_input('a'), list(context.asset_partition_keys_for_input('a')), "
        "tuple(context.asset_partition_key_range_for_input('a')), w.start.isoformat(), "
        "context.asset_partitions_def_for_input('a') == days]\nresult = materialize([a, b], partition_key='2024-01-03')"
    ),
    "an asset without partitions beside one with": (
        f"{_AB}@asset(partitions_def=ab)\ndef a(context): return context.partition_key\n"
        "@asset\ndef alone(context): return context.partition_key\nresult = materialize([a, alone], partition_key='a')"
    ),
    "a partition in two dimensions": (
        f"two = {_MULTI}\n@asset(partitions_def=two)\ndef a(context): return dict(context.partition_key.keys_by_dimension)\n"
        "result = materialize([a], partition_key='2024-01-03|b')"
    ),
    "the tags of a run of a partition": (
        f"two = {_MULTI}\n@asset(partitions_def=two)\ndef a(context): return sorted(\n"
        "    (k, v) for k, v in context.run.tags.items() if k.startswith('dagster/partition') and not k.endswith('_set'))\n"
        "result = materialize([a], partition_key='2024-01-03|b')"
    ),
    "a multi-asset with partitions": (
        f"{_AB}@multi_asset(outs={{'x': AssetOut(), 'y': AssetOut()}}, partitions_def=ab)\n"
        "def m(context): return context.partition_key, 2\nresult = materialize([m], partition_key='b')"
    ),
    "a graph asset with partitions": (
        f"{_AB}@op\ndef one(context): return context.partition_key\n@graph_asset(partitions_def=ab)\ndef g(): return one()\n"
        "result = materialize([g], partition_key='b')"
    ),
    "partitions that are none": "@asset(partitions_def=['a'])\ndef a(): return 1",
    "a mapping that is none": "AssetIn(partition_mapping='all')",
    "a mapping given twice": (
        "@asset(ins={'a': AssetIn(partition_mapping=AllPartitionMapping())}, "
        "deps=[AssetDep('a', partition_mapping=LastPartitionMapping())])\ndef b(a): return 1"
    ),
    "deps with a mapping": (
        f"{_DAYS}@asset(partitions_def=days)\ndef a(): return 1\n@asset(partitions_def=days, deps=[AssetDep(a, "
        "partition_mapping=TimeWindowPartitionMapping(start_offset=-1))])\ndef b(): return 2\n"
        "result = materialize([a, b], partition_key='2024-01-03')"
    ),
    "an asset derived from itself without a mapping": (
        f"{_DAYS}@asset(partitions_def=days)\ndef a(a): return 1\nresult = materialize([a], partition_key='2024-01-01')"
    ),
    "a range by its tags": (
        f"{_DAYS}@asset(partitions_def=days, backfill_policy=BackfillPolicy.single_run())\ndef a(context) -> None:\n"
        "    global kept\n    kept = [list(context.partition_keys), tuple(context.partition_key_range), "
        "context.partition_time_window.end.isoformat(), context.has_partition_key]\n"
        "r = materialize([a], tags={'dagster/asset_partition_range_start': '2024-01-03', "
        "'dagster/asset_partition_range_end': '2024-01-05'})\n"
        "seen = kept + [[m.partition for m in r.asset_materializations_for_node('a')]]"
    ),
    "a context that was built with a partition": (
        f"{_DAYS}@asset(partitions_def=days)\ndef a(context): return context.partition_key, "
        "context.partition_time_window.start.isoformat()\nseen = a(build_asset_context(partition_key='2024-01-03'))"
    ),
    "a context that was built with a range": (
        f"{_DAYS}@asset(partitions_def=days)\ndef a(context): return list(context.partition_keys)\n"
        "seen = a(build_asset_context(partition_key_range=PartitionKeyRange('2024-01-03', '2024-01-05')))"
    ),
    "metadata of a partition": (
        f"{_AB}@asset(partitions_def=ab)\ndef a(context):\n    context.add_output_metadata({{'rows': 3}})\n    return 1\n"
        "result = materialize([a], partition_key='b')"
    ),
    "a failure of a partition": (
        f"{_AB}@asset(partitions_def=ab)\ndef a(context): raise ValueError(context.partition_key)\n"
        "result = materialize([a], partition_key='b', raise_on_error=False)"
    ),
}
