-- One row per changed interaction: the numbers a vendor's may be held against, from events and words alone. Times in seconds.
with counted as (
  select
    event.interaction_id,
    sum(case when event.kind = 'reopened' then 1 else 0 end) as reopens,
    sum(case when event.kind = 'transferred' then 1 else 0 end) as transfers,
    sum(case when event.kind = 'held' then 1 else 0 end) as holds,
    min(case when event.kind = 'solved' then event.occurred_at end) as first_solved_at,
    min(case when event.kind = 'started' then event.occurred_at end) as started_at
  from core.event
  join changed_fact
    on changed_fact.interaction_id = event.interaction_id
  group by event.interaction_id
),

spoken as (
  select
    utterance.interaction_id,
    sum(date_diff('millisecond', utterance.occurred_at, utterance.end_at)) / 1000.0 as speech,
    sum(case when utterance.role = 'agent' then date_diff('millisecond', utterance.occurred_at, utterance.end_at) end)
      / 1000.0 as agent_speech,
    sum(case when utterance.role = 'customer' then date_diff('millisecond', utterance.occurred_at, utterance.end_at) end)
      / 1000.0 as customer_speech
  from core.utterance
  join changed_fact
    on changed_fact.interaction_id = utterance.interaction_id
  where utterance.end_at is not null
  group by utterance.interaction_id
)

select
  fact_interval.interaction_id,
  date_diff(
    'millisecond',
    fact_interval.queued_at,
    coalesce(fact_event.answered_at, fact_event.abandoned_at)
  ) / 1000.0 as wait,
  fact_event.connected_seconds - coalesce(fact_event.hold_seconds, 0) as talk,
  fact_event.hold_seconds as hold,
  fact_event.wrap_up_seconds as wrap_up,
  fact_event.connected_seconds + fact_event.wrap_up_seconds as handle,
  date_diff('millisecond', counted.started_at, fact_event.ended_at) / 1000.0 as duration,
  spoken.speech,
  spoken.agent_speech,
  spoken.customer_speech,
  date_diff('millisecond', fact_interval.first_customer_at, fact_interval.first_response_at) / 1000.0 as first_response,
  case
    when fact_interval.agent_utterance_count > 0 then fact_business.first_response_business_seconds
  end as first_response_business,
  date_diff('millisecond', fact_interval.started_at, fact_interval.resolved_at) / 1000.0 as full_resolution,
  case
    when fact_interval.resolved_at is not null then fact_business.full_resolution_business_seconds
  end as full_resolution_business,
  date_diff('millisecond', fact_interval.started_at, counted.first_solved_at) / 1000.0 as first_resolution,
  cast(fact_interval.agent_utterance_count as double) as agent_messages,
  cast(fact_interval.customer_utterance_count as double) as customer_messages,
  cast(coalesce(counted.reopens, 0) as double) as reopens,
  cast(coalesce(counted.transfers, 0) as double) as transfers,
  cast(coalesce(counted.holds, 0) as double) as holds
from fact_interval
left join fact_event
  on fact_event.interaction_id = fact_interval.interaction_id
left join fact_business
  on fact_business.interaction_id = fact_interval.interaction_id
left join counted
  on counted.interaction_id = fact_interval.interaction_id
left join spoken
  on spoken.interaction_id = fact_interval.interaction_id
