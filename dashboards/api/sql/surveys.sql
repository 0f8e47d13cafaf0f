-- One row per answer to one scored question about one conversation.
select
  id,
  kind,
  occurred_at,
  score,
  scale_min,
  scale_max,
  is_higher_better,
  question,
  comment
from core.survey
where interaction_id = $id
  and deleted_at is null
order by occurred_at, id
