-- One row per matter of one customer, newest first.
select
  episode_id as id,
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
where customer_id = $id
order by started_at desc
limit 500
