-- One row per changed interaction with events. A hold lasts until the next event that ends it; a hold that nothing ends is
-- not counted. The answer that counts is the first one after queueing, where there is one: a menu answers before it.
with happened as (
  select
    event.interaction_id,
    event.id,
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
  max(case when kind = 'wrapped_up' then occurred_at end) as wrapped_up_at,
  max(case when kind = 'solved' then occurred_at end) as solved_at,
  max(case when kind = 'reopened' then occurred_at end) as reopened_at,
  count_if(kind = 'transferred') > 0 as was_transferred,
  count_if(kind = 'triggered') > 0 as was_triggered,
  min(held.hold_seconds) as hold_seconds
from happened
left join queued
  on queued.interaction_id = happened.interaction_id
left join held
  on held.interaction_id = happened.interaction_id
group by happened.interaction_id
