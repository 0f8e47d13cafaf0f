-- One row per account that has a record in use, as mart.account has to be now. Of each field the record that changed last
-- says it. Sentiment is the mean over members that have any, and recent sentiment that of their last contacts.
with record as (
  select
    cast(account_record.account_id as varchar) as account_id,
    account.id as record_id,
    account.source,
    account.name,
    account.segment,
    account.plan,
    account.country,
    agent.name as owner,
    account.since_at,
    cast(parent.account_id as varchar) as parent_account_id,
    account_record.domains,
    account.native_id,
    account.name_version,
    account.segment_version,
    account.plan_version,
    account.country_version,
    account.owner_id_version,
    account.parent_id_version,
    account.domains_version
  from identity.account_record
  join core.account
    on account.id = account_record.record_id
  left join core.agent
    on agent.id = account.owner_id
  left join identity.account_record as parent
    on parent.record_id = account.parent_id
    and parent.account_id <> account_record.account_id
  where coalesce(account.state, 'active') = 'active'
),

ranked as (
  select
    record.*,
    row_number() over (partition by account_id order by case when name is null then 1 else 0 end, name_version desc, record_id) as place_of_name,
    row_number() over (partition by account_id order by case when segment is null then 1 else 0 end, segment_version desc, record_id) as place_of_segment,
    row_number() over (partition by account_id order by case when plan is null then 1 else 0 end, plan_version desc, record_id) as place_of_plan,
    row_number() over (partition by account_id order by case when country is null then 1 else 0 end, country_version desc, record_id) as place_of_country,
    row_number() over (partition by account_id order by case when owner is null then 1 else 0 end, owner_id_version desc, record_id) as place_of_owner,
    row_number() over (partition by account_id order by case when parent_account_id is null then 1 else 0 end, parent_id_version desc, record_id) as place_of_parent,
    row_number() over (partition by account_id order by case when domains is null then 1 else 0 end, domains_version desc, record_id) as place_of_domains
  from record
),

known as (
  select
    account_id,
    max(case when place_of_name = 1 then name end) as name,
    max(case when place_of_domains = 1 then domains end) as domains,
    max(case when place_of_segment = 1 then segment end) as segment,
    max(case when place_of_plan = 1 then plan end) as plan,
    max(case when place_of_country = 1 then country end) as country,
    max(case when place_of_owner = 1 then owner end) as owner,
    min(since_at) as since_at,
    max(case when place_of_parent = 1 then parent_account_id end) as parent_account_id,
    string_agg(distinct source, ',' order by source) as sources,
    cast(count(*) as integer) as record_count
  from ranked
  group by account_id
),

member as (
  select
    cast(account_id as varchar) as account_id,
    cast(count(*) as integer) as member_count
  from identity.account_customer
  where is_current
  group by account_id
),

history as (
  select
    account_id,
    cast(sum(interaction_count) as integer) as interaction_count,
    cast(sum(episode_count) as integer) as episode_count,
    cast(sum(open_episode_count) as integer) as open_episode_count,
    max(last_seen_at) as last_seen_at,
    avg(sentiment_recent) as sentiment_recent,
    avg(sentiment_all) as sentiment_all,
    max(case when not has_left then churn_risk end) as churn_risk_highest,
    avg(case when not has_left then churn_risk end) as churn_risk_average,
    max(case when not has_left then churn_method end) as churn_method,
    cast(count_if(churn_band = 'high' and not has_left) as integer) as high_churn_count,
    cast(count_if(has_left) as integer) as left_count
  from mart.customer
  where account_id is not null
  group by account_id
)

select
  known.account_id,
  known.name,
  known.domains,
  known.segment,
  known.plan,
  known.country,
  known.owner,
  known.since_at,
  known.parent_account_id,
  known.sources,
  known.record_count,
  coalesce(member.member_count, 0) as member_count,
  coalesce(history.interaction_count, 0) as interaction_count,
  coalesce(history.episode_count, 0) as episode_count,
  coalesce(history.open_episode_count, 0) as open_episode_count,
  history.last_seen_at,
  history.sentiment_recent,
  history.sentiment_all,
  history.churn_risk_highest,
  history.churn_risk_average,
  history.churn_method,
  coalesce(history.high_churn_count, 0) as high_churn_count,
  coalesce(history.left_count, 0) as left_count
from known
left join member
  on member.account_id = known.account_id
left join history
  on history.account_id = known.account_id
