-- One row per contact of a customer as it was known at `$cutoff_at`: nothing that was said or happened at that time or
-- later moves it. Therefore it is made of utterances and events with their times, and not of the marts, which know how each
-- contact went on. Of the customers whose facts are newer than `$since`; 0 for all.
-- A contact counts from its first words, or an inbound call or chat from its start. Its matter is the surest reason read in
-- it so far, or else that of the contact before within `$gap_seconds`; contacts about one matter within that time are one
-- chain. It is settled where the last change of state says so, or the customer's last words thank, confirm or close.
with chosen as (
  select distinct interaction_fact.customer_id
  from mart.interaction_fact
  where interaction_fact.revision > $since
    and interaction_fact.customer_id is not null
  union
  select departure.customer_id
  from mart.departure
  where departure.revision > $since
),

candidate as (
  select
    interaction.id as interaction_id,
    cast(interaction.customer_id as varchar) as customer_id,
    interaction.channel,
    fact.channel_group,
    interaction.started_at,
    fact.is_sync and interaction.direction = 'inbound' as counts_from_start
  from core.interaction
  join mart.interaction_fact as fact
    on fact.interaction_id = cast(interaction.id as varchar)
  where cast(interaction.customer_id as varchar) in (select chosen.customer_id from chosen)
    and interaction.channel <> 'survey'
    and coalesce(interaction.direction, '') <> 'internal'
),

said as (
  select
    utterance.interaction_id,
    utterance.occurred_at,
    row(utterance.occurred_at, coalesce(utterance.sequence, 0), utterance.id) as place,
    signal.sentiment,
    signal.is_frustrated,
    signal.act,
    signal.intent_score,
    case
      when split_part(signal.intent, '.', 1) not in ('complaint', 'contact', 'praise', 'feedback') then split_part(signal.intent, '.', 1)
    end as matter,
    coalesce(signal.intents, '') as intents
  from core.utterance
  left join signal.utterance as signal
    on signal.utterance_id = utterance.id
  where utterance.role = 'customer'
    and utterance.occurred_at < $cutoff_at
    and not coalesce(utterance.is_automatic, false)
    and coalesce(utterance.visibility, 'public') <> 'internal'
    and utterance.interaction_id in (select candidate.interaction_id from candidate)
),

words as (
  select
    interaction_id,
    min(occurred_at) as first_at,
    max(occurred_at) as last_at,
    avg(sentiment) as sentiment,
    min(sentiment) as sentiment_lowest,
    coalesce(bool_or(is_frustrated), false) as is_frustrated,
    bool_or(intents like '%"plan.cancel_service"%' or intents like '%"account.close"%') as is_cancel,
    bool_or(intents like '%"plan.threat_to_leave"%') as is_threat,
    max_by(matter, row(intent_score, place)) filter (where matter is not null) as matter,
    max_by(act, place) filter (where act is not null) as last_act,
    max_by(sentiment, place) filter (where sentiment is not null) as last_sentiment
  from said
  group by interaction_id
),

state as (
  select
    event.interaction_id,
    max_by(event.kind, row(event.occurred_at, event.id)) filter (where event.kind in ('solved', 'reopened')) as last_state,
    count_if(event.kind in ('transferred', 'handed_over')) as count_transferred
  from core.event
  where event.occurred_at < $cutoff_at
    and event.kind in ('solved', 'reopened', 'transferred', 'handed_over')
    and event.interaction_id in (select candidate.interaction_id from candidate)
  group by event.interaction_id
),

contact as (
  select
    candidate.interaction_id,
    candidate.customer_id,
    candidate.channel,
    candidate.channel_group,
    coalesce(words.first_at, candidate.started_at) as contact_at,
    coalesce(words.last_at, candidate.started_at) as last_at,
    words.sentiment,
    words.sentiment_lowest,
    coalesce(words.is_frustrated, false) as is_frustrated,
    coalesce(words.is_cancel, false) as is_cancel,
    coalesce(words.is_threat, false) as is_threat,
    words.matter,
    coalesce(state.count_transferred, 0) as count_transferred,
    coalesce(
      state.last_state = 'solved',
      words.last_act in ('thanks', 'confirm', 'closing') and coalesce(words.last_sentiment, 0) > -0.2,
      false
    ) as is_settled
  from candidate
  left join words
    on words.interaction_id = candidate.interaction_id
  left join state
    on state.interaction_id = candidate.interaction_id
  where words.interaction_id is not null
    or (candidate.counts_from_start and candidate.started_at < $cutoff_at)
),

earlier as (
  select
    contact.*,
    last_value(matter ignore nulls) over before_it as earlier_matter,
    last_value(case when matter is not null then last_at end ignore nulls) over before_it as earlier_matter_at
  from contact
  window before_it as (
    partition by customer_id
    order by contact_at, interaction_id
    rows between unbounded preceding and 1 preceding
  )
),

filled as (
  select
    earlier.*,
    coalesce(
      matter,
      case when date_diff('second', earlier_matter_at, contact_at) < $gap_seconds then earlier_matter end,
      'unknown'
    ) as chain_matter
  from earlier
),

spaced as (
  select
    filled.*,
    coalesce(date_diff('second', lag(last_at) over along, contact_at) < $gap_seconds, false) as is_repeat,
    lag(channel_group) over along as earlier_channel_group
  from filled
  window along as (
    partition by customer_id, chain_matter
    order by contact_at, interaction_id
  )
)

select
  interaction_id,
  customer_id,
  channel,
  channel_group,
  contact_at,
  last_at,
  sentiment,
  sentiment_lowest,
  is_frustrated,
  is_cancel,
  is_threat,
  is_settled,
  is_repeat,
  is_repeat and channel_group <> earlier_channel_group as is_switch,
  count_transferred,
  chain_matter as matter,
  count_if(not is_repeat) over (
    partition by customer_id, chain_matter
    order by contact_at, interaction_id
    rows between unbounded preceding and current row
  ) as chain_number
from spaced
