-- One row: one matter of one customer.
select
  episode_id as id,
  customer_id,
  intent,
  started_at,
  ended_at,
  channels,
  switch_count,
  is_resolved,
  is_frustrated,
  sentiment_start,
  sentiment_end,
  repeated_reason,
  was_passed_on
from mart.episode
where episode_id = $id
limit 1
