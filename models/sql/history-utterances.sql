-- One row per utterance asked for that still has words. The times let DuckDB skip the blocks that hold other days.
select
  id as utterance_id,
  interaction_id,
  role,
  text,
  occurred_at
from core.utterance
where id in (select unnest($ids)::uuid)
  and (occurred_at between $from and $to or occurred_at is null)
  and text is not null
