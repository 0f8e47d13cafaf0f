-- One row per changed interaction with events. Talking is the time that at least one leg was answered and had not ended:
-- legs of a call overlap, and between two of them the customer may wait again. Wrap-up of several legs adds up. A hold lasts until the next event that ends it; a hold that nothing ends is
-- not counted. The answer that counts is the first one after queueing, where there is one: a menu answers before it.
with happened as (
  select
    event.interaction_id,
    event.id,
    event.thread_id,
    event.kind,
    event.occurred_at,
    event.queue_id,
    event.agent_id
  from core.event
  join changed_fact
    on changed_fact.interaction_id = event.interaction_id
),

queued as (
  select
    interaction_id,
    min(occurred_at) as queued_at
  from happened
  where kind = 'queued'
  group by interaction_id
),

queued_leg as (
  select
    thread_id,
    min(occurred_at) as queued_at
  from happened
  where kind = 'queued'
  group by thread_id
),

leg as (
  select
    happened.interaction_id,
    happened.thread_id,
    coalesce(
      min(case when kind = 'answered' and occurred_at >= queued_leg.queued_at then occurred_at end),
      min(case when kind = 'answered' then occurred_at end)
    ) as answered_at,
    max(case when kind = 'ended' then occurred_at end) as ended_at,
    max(case when kind = 'wrapped_up' then occurred_at end) as wrapped_up_at
  from happened
  left join queued_leg
    on queued_leg.thread_id = happened.thread_id
  group by
    happened.interaction_id,
    happened.thread_id
),

covered as (
  select
    leg.*,
    max(ended_at) over (
      partition by interaction_id
      order by answered_at, thread_id
      rows between unbounded preceding and 1 preceding
    ) as covered_until
  from leg
  where answered_at is not null
    and ended_at is not null
),

talked as (
  select
    interaction_id,
    sum(
      case
        when covered_until is null or covered_until <= answered_at then date_diff('millisecond', answered_at, ended_at)
        when ended_at > covered_until then date_diff('millisecond', covered_until, ended_at)
        else 0
      end
    ) / 1000.0 as talk_seconds
  from covered
  group by interaction_id
),

wrapped as (
  select
    interaction_id,
    sum(date_diff('millisecond', ended_at, wrapped_up_at)) / 1000.0 as wrap_up_seconds
  from leg
  where wrapped_up_at is not null
    and ended_at is not null
  group by interaction_id
),

held as (
  select
    interaction_id,
    sum(date_diff('millisecond', occurred_at, next_at) / 1000.0) as hold_seconds
  from (
    select
      interaction_id,
      kind,
      occurred_at,
      lead(occurred_at) over (partition by interaction_id order by occurred_at, id) as next_at
    from happened
    where kind in ('held', 'resumed', 'transferred', 'ended', 'abandoned')
  ) as step
  where kind = 'held'
    and next_at is not null
  group by interaction_id
)

select
  happened.interaction_id,
  min(queued.queued_at) as queued_at,
  min(case when kind = 'handed_over' then occurred_at end) as handed_over_at,
  coalesce(
    min(case when kind = 'answered' and occurred_at >= queued.queued_at then occurred_at end),
    min(case when kind = 'answered' then occurred_at end)
  ) as answered_at,
  min(case when kind = 'assigned' then occurred_at end) as assigned_at,
  min(case when kind in ('abandoned', 'missed') then occurred_at end) as abandoned_at,
  max(case when kind = 'ended' then occurred_at end) as ended_at,
  max(case when kind = 'solved' then occurred_at end) as solved_at,
  max(case when kind = 'reopened' then occurred_at end) as reopened_at,
  count_if(kind = 'transferred') > 0 as was_transferred,
  count_if(kind = 'triggered') > 0 as was_triggered,
  min(talked.talk_seconds) as connected_seconds,
  min(wrapped.wrap_up_seconds) as wrap_up_seconds,
  min(held.hold_seconds) as hold_seconds
from happened
left join queued
  on queued.interaction_id = happened.interaction_id
left join talked
  on talked.interaction_id = happened.interaction_id
left join wrapped
  on wrapped.interaction_id = happened.interaction_id
left join held
  on held.interaction_id = happened.interaction_id
group by happened.interaction_id
