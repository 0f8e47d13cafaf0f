-- One row per account that passes the filters, in the order asked for; `position` is what the next page starts after.
select
  {position} as position,
  account_id as id,
  name,
  domains,
  segment,
  plan,
  country,
  owner,
  since_at,
  parent_account_id,
  sources,
  record_count,
  member_count,
  interaction_count,
  episode_count,
  open_episode_count,
  last_seen_at,
  sentiment_recent,
  sentiment_all,
  churn_risk_highest,
  churn_risk_average,
  churn_method,
  high_churn_count,
  left_count
from mart.account
where {where}
  and {after}
order by position, id
limit $limit
