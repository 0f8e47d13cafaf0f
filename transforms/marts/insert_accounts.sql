insert into mart.account by name
select
  new_account.account_id,
  new_account.name,
  new_account.domains,
  new_account.segment,
  new_account.plan,
  new_account.country,
  new_account.owner,
  new_account.since_at,
  new_account.parent_account_id,
  new_account.sources,
  new_account.record_count,
  new_account.member_count,
  new_account.interaction_count,
  new_account.episode_count,
  new_account.open_episode_count,
  new_account.last_seen_at,
  new_account.sentiment_recent,
  new_account.sentiment_all,
  new_account.churn_risk_highest,
  new_account.churn_risk_average,
  new_account.churn_method,
  new_account.high_churn_count,
  new_account.left_count
from new_account
where new_account.account_id not in (select account.account_id from mart.account)
