-- One row per source, outcome, kind of unit and reason: why units did not become facts.
select
  source,
  outcome,
  native_kind,
  reason,
  cast(sum(units) as bigint) as units
from ops.unit_count
where outcome <> 'ok'
group by
  source,
  outcome,
  native_kind,
  reason
order by
  source,
  units desc,
  native_kind,
  reason
