-- One row per pair of handles that people decided about: the newest decision holds.
select
  least(handle_id, other_handle_id) as handle_id,
  greatest(handle_id, other_handle_id) as other_handle_id,
  arg_max(kind, row(decided_at, id)) as kind,
  max(decided_at) as decided_at,
  max(revision) as revision
from identity.decision
where kind in ('same', 'different')
group by
  least(handle_id, other_handle_id),
  greatest(handle_id, other_handle_id)
