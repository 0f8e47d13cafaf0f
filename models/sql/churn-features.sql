-- One row per customer whose contacts or departures changed: what their history shows, over the 90 days before their last contact.
-- Sentiment `recent` is the mean of their last three scored contacts, `before` that of all earlier ones.
with changed as (
  select distinct customer_id
  from mart.interaction_fact
  where revision > $since
    and customer_id is not null
  union
  select customer_id
  from mart.departure
  where revision > $since
),
contact as (
  select
    fact.interaction_id,
    fact.customer_id,
    fact.started_at,
    fact.sentiment,
    coalesce(fact.is_frustrated, false) as is_frustrated,
    coalesce(fact.is_repeat_contact, false) as is_repeat_contact,
    coalesce(fact.is_channel_switch, false) as is_channel_switch,
    coalesce(interaction.intents, '') as intents,
    coalesce(
      (fact.csat_score - fact.csat_scale_min) / nullif(fact.csat_scale_max - fact.csat_scale_min, 0),
      fact.nps_score / 10
    ) as satisfaction,
    max(fact.started_at) over (partition by fact.customer_id) as last_at,
    count(fact.sentiment) over (
      partition by fact.customer_id
      order by fact.started_at desc, fact.interaction_id
      rows between unbounded preceding and current row
    ) as scored_rank
  from mart.interaction_fact as fact
  join changed
    on changed.customer_id = fact.customer_id
  left join signal.interaction
    on cast(interaction.interaction_id as varchar) = fact.interaction_id
  where fact.is_customer_contact
),
departure as (
  select
    customer_id,
    max(left_at) as left_at
  from mart.departure
  group by customer_id
),
open_matter as (
  select
    episode.customer_id,
    count(*) as count_open
  from mart.episode
  where episode.is_open
  group by episode.customer_id
),
recent as (
  select
    customer_id,
    max(started_at) as last_at,
    count(*) as count_contacts,
    count_if(intents like '%"plan.cancel_service"%' or intents like '%"account.close"%') as count_cancel,
    count_if(intents like '%"plan.threat_to_leave"%') as count_threat,
    count_if(is_repeat_contact) as count_repeat,
    count_if(is_channel_switch) as count_switch,
    count_if(is_frustrated) as count_frustrated,
    max_by(satisfaction, started_at) filter (where satisfaction is not null) as last_satisfaction
  from contact
  where started_at > last_at - interval '90' day
  group by customer_id
),
mood as (
  select
    customer_id,
    avg(sentiment) filter (where scored_rank <= 3) as sentiment_recent,
    avg(sentiment) filter (where scored_rank > 3) as sentiment_before
  from contact
  group by customer_id
)
select
  recent.customer_id,
  coalesce(departure.left_at >= recent.last_at - interval '1' hour, false) as has_left,
  recent.count_contacts,
  recent.count_cancel,
  recent.count_threat,
  recent.count_repeat,
  recent.count_switch,
  recent.count_frustrated,
  recent.last_satisfaction,
  coalesce(open_matter.count_open, 0) as count_open,
  mood.sentiment_recent,
  mood.sentiment_before
from recent
join mood
  on mood.customer_id = recent.customer_id
left join departure
  on departure.customer_id = recent.customer_id
left join open_matter
  on open_matter.customer_id = recent.customer_id
order by recent.customer_id
