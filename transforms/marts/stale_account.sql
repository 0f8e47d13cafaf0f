-- The accounts whose row changed, or that are no more.
select account_id
from (
  select
    account_id,
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
  except
  select
    account_id,
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
  from new_account
) as changed
