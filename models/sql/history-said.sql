-- One row per utterance of the interactions asked for that a person or a bot said, in order of speaking. The times let
-- DuckDB skip the blocks that hold other days.
select
  id as utterance_id,
  interaction_id,
  role,
  text,
  occurred_at
from core.utterance
where interaction_id in (select unnest($ids)::uuid)
  and (occurred_at between $from and $to or occurred_at is null)
  and text is not null
  and not coalesce(is_automatic, false)
order by occurred_at, sequence, id
