-- One row per customer that passes the filters, in the order asked for; `position` is what the next page starts after.
select
  {position} as position,
  customer_id as id,
  display_name,
  is_anonymous,
  first_seen_at,
  last_seen_at,
  interaction_count,
  episode_count,
  open_episode_count,
  channels,
  top_intent,
  sentiment_recent,
  csat_last,
  nps_last,
  churn_risk,
  churn_band,
  churn_method,
  churn_model,
  churn_at,
  churn_reasons,
  has_left
from mart.customer
where {where}
  and {after}
order by position, id
limit $limit
