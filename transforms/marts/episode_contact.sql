-- One row per contact of a touched customer: the episode it belongs to.
-- An episode is one customer and one matter, across channels: contacts of one group of reasons with less than the gap from
-- the end of one to the start of the next. A contact whose reason is unknown, or names no matter (a complaint about
-- waiting, a request for a person, praise), belongs to the matter of the contact before it within the gap, or else after
-- it; one that answers an utterance of another contact belongs to that contact's matter.
with contact as (
  select
    interaction_fact.interaction_id,
    interaction_fact.customer_id,
    interaction_fact.started_at,
    interaction_fact.ended_at,
    interaction_fact.channel_group,
    case
      when interaction_fact.intent_group not in ('complaint', 'contact', 'praise', 'feedback') then interaction_fact.intent_group
    end as own_matter
  from mart.interaction_fact
  where interaction_fact.is_customer_contact
    and interaction_fact.customer_id in (select touched_customer.customer_id from touched_customer)
),

answered as (
  select
    cast(utterance.interaction_id as varchar) as interaction_id,
    max(earlier.own_matter) as matter
  from core.utterance
  join core.utterance as answered_utterance
    on answered_utterance.id = utterance.reply_to_id
    and answered_utterance.interaction_id <> utterance.interaction_id
  join contact as earlier
    on earlier.interaction_id = cast(answered_utterance.interaction_id as varchar)
  where utterance.reply_to_id is not null
    and cast(utterance.interaction_id as varchar) in (select contact.interaction_id from contact)
  group by utterance.interaction_id
),

stated as (
  select
    contact.interaction_id,
    contact.customer_id,
    contact.started_at,
    contact.ended_at,
    contact.channel_group,
    coalesce(answered.matter, contact.own_matter) as matter
  from contact
  left join answered
    on answered.interaction_id = contact.interaction_id
),

spaced as (
  select
    stated.*,
    case
      when date_diff(
        'second',
        max(ended_at) over (
          partition by customer_id
          order by started_at, interaction_id
          rows between unbounded preceding and 1 preceding
        ),
        started_at
      ) < $gap_seconds then 0
      else 1
    end as is_after_silence
  from stated
),

island as (
  select
    spaced.*,
    sum(is_after_silence) over (
      partition by customer_id
      order by started_at, interaction_id
      rows between unbounded preceding and current row
    ) as island_number
  from spaced
),

counted as (
  select
    island.*,
    count(matter) over (
      partition by customer_id, island_number
      order by started_at, interaction_id
      rows between unbounded preceding and current row
    ) as matters_before,
    count(matter) over (
      partition by customer_id, island_number
      order by started_at, interaction_id
      rows between current row and unbounded following
    ) as matters_after
  from island
),

filled as (
  select
    counted.*,
    coalesce(
      matter,
      max(matter) over (partition by customer_id, island_number, matters_before),
      max(matter) over (partition by customer_id, island_number, matters_after),
      'unknown'
    ) as episode_matter
  from counted
),

parted as (
  select
    filled.*,
    case
      when date_diff(
        'second',
        max(ended_at) over (
          partition by customer_id, episode_matter
          order by started_at, interaction_id
          rows between unbounded preceding and 1 preceding
        ),
        started_at
      ) < $gap_seconds then 0
      else 1
    end as is_first
  from filled
),

numbered as (
  select
    parted.*,
    sum(is_first) over (
      partition by customer_id, episode_matter
      order by started_at, interaction_id
      rows between unbounded preceding and current row
    ) as episode_number
  from parted
)

select
  interaction_id,
  customer_id,
  cast(
    core.derived_id(
      customer_id || ':' || first_value(interaction_id) over (
        partition by customer_id, episode_matter, episode_number
        order by started_at, interaction_id
      )
    ) as varchar
  ) as episode_id,
  is_first = 0 as is_repeat_contact,
  coalesce(
    channel_group <> lag(channel_group) over (
      partition by customer_id, episode_matter, episode_number
      order by started_at, interaction_id
    ),
    false
  ) as is_channel_switch,
  lead(interaction_id) over (
    partition by customer_id, episode_matter, episode_number
    order by started_at, interaction_id
  ) is not null as was_followed_up
from numbered
