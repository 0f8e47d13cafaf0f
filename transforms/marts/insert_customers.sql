-- One row per stale customer that exists. Only contacts of the customer count. The last satisfaction answer stands on a
-- scale of 1 to 5, whatever its own was. A customer has left if the last departure has no contact after it. A name on a
-- record of a CRM goes before one that came with an address.
insert into mart.customer by name
with contact as (
  select
    interaction_fact.*,
    row_number() over (
      partition by customer_id
      order by case when is_scored then 0 else 1 end, started_at desc, interaction_id
    ) as place_of_score
  from mart.interaction_fact
  where is_customer_contact
    and customer_id in (select stale_customer.customer_id from stale_customer)
),

history as (
  select
    customer_id,
    cast(count(*) as integer) as interaction_count,
    cast(count(distinct episode_id) as integer) as episode_count,
    cast(count(distinct channel) as integer) as channel_count,
    string_agg(distinct channel, ',' order by channel) as channels,
    avg(sentiment) as sentiment_all,
    avg(case when is_scored and place_of_score <= 3 then sentiment end) as sentiment_recent,
    max(started_at) as last_contact_at
  from contact
  group by customer_id
),

matter as (
  select
    customer_id,
    cast(count_if(is_open) as integer) as open_episode_count
  from mart.episode
  where customer_id in (select stale_customer.customer_id from stale_customer)
  group by customer_id
),

reason as (
  select
    customer_id,
    intent,
    row_number() over (partition by customer_id order by count(*) desc, max(started_at) desc, intent) as place
  from contact
  where intent is not null
  group by
    customer_id,
    intent
),

answer as (
  select
    cast(coalesce(interaction.customer_id, handle_customer.customer_id) as varchar) as customer_id,
    survey.kind,
    case
      when survey.kind = 'nps' then survey.score
      when survey.is_higher_better = false
        then 1 + 4 * (survey.scale_max - survey.score) / nullif(survey.scale_max - survey.scale_min, 0)
      else 1 + 4 * (survey.score - survey.scale_min) / nullif(survey.scale_max - survey.scale_min, 0)
    end as score,
    row_number() over (
      partition by coalesce(interaction.customer_id, handle_customer.customer_id), survey.kind
      order by survey.occurred_at desc, survey.id
    ) as place
  from core.survey
  left join core.interaction
    on interaction.id = survey.interaction_id
  left join identity.handle_customer
    on handle_customer.handle_id = survey.handle_id
  where survey.score is not null
    and survey.deleted_at is null
    and survey.kind in ('csat', 'nps')
    and cast(coalesce(interaction.customer_id, handle_customer.customer_id) as varchar) in (
      select stale_customer.customer_id
      from stale_customer
    )
),

last_answer as (
  select
    customer_id,
    max(case when kind = 'csat' then score end) as csat_last,
    max(case when kind = 'nps' then score end) as nps_last
  from answer
  where place = 1
  group by customer_id
),

departure as (
  select
    customer_id,
    max(left_at) as left_at
  from mart.departure
  where customer_id in (select stale_customer.customer_id from stale_customer)
  group by customer_id
)

select
  cast(customer.id as varchar) as customer_id,
  coalesce(profile.name, customer.display_name) as display_name,
  customer.is_anonymous,
  customer.first_seen_at,
  customer.last_seen_at,
  coalesce(history.interaction_count, 0) as interaction_count,
  coalesce(history.episode_count, 0) as episode_count,
  coalesce(matter.open_episode_count, 0) as open_episode_count,
  coalesce(history.channel_count, 0) as channel_count,
  history.channels,
  reason.intent as top_intent,
  coalesce(cast(signal.sentiment_recent as double), history.sentiment_recent) as sentiment_recent,
  history.sentiment_all,
  last_answer.csat_last,
  last_answer.nps_last,
  cast(signal.churn_risk as double) as churn_risk,
  case
    when signal.churn_band is not null then signal.churn_band
    when signal.churn_risk >= $high_risk then 'high'
    when signal.churn_risk >= $medium_risk then 'medium'
    when signal.churn_risk is not null then 'low'
  end as churn_band,
  signal.churn_method,
  signal.churn_model,
  signal.churn_at,
  signal.churn_reasons,
  departure.left_at is not null and coalesce(history.last_contact_at <= departure.left_at, true) as has_left,
  case when coalesce(history.last_contact_at <= departure.left_at, true) then departure.left_at end as left_at,
  cast(account_customer.account_id as varchar) as account_id,
  profile.language,
  profile.country,
  profile.segment,
  profile.lifecycle,
  owner.name as owner,
  profile.since_at as customer_since_at,
  profile.consent
from stale_customer
join core.customer
  on cast(customer.id as varchar) = stale_customer.customer_id
left join history
  on history.customer_id = stale_customer.customer_id
left join matter
  on matter.customer_id = stale_customer.customer_id
left join reason
  on reason.customer_id = stale_customer.customer_id
  and reason.place = 1
left join last_answer
  on last_answer.customer_id = stale_customer.customer_id
left join signal.customer as signal
  on cast(signal.customer_id as varchar) = stale_customer.customer_id
left join departure
  on departure.customer_id = stale_customer.customer_id
left join identity.account_customer
  on cast(account_customer.customer_id as varchar) = stale_customer.customer_id
  and account_customer.place = 1
left join identity.customer_profile as profile
  on cast(profile.customer_id as varchar) = stale_customer.customer_id
left join core.agent as owner
  on owner.id = profile.owner_id
