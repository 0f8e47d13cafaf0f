-- One row per vendor's measure to stitch: its interaction.
-- In a conversation cut into sessions it belongs to the last session that has begun, or the first.
with session as (
  select
    root_id,
    interaction_id,
    -- The first session takes everything before it as well.
    case
      when row_number() over (partition by root_id order by occurred_at, id) = 1 then timestamp '0001-01-01'
      else occurred_at
    end as begins_at,
    coalesce(
      lead(occurred_at) over (partition by root_id order by occurred_at, id),
      timestamp '9999-01-01'
    ) as ends_at
  from session_utterance
  where is_first
)

select
  measure.id,
  coalesce(session.interaction_id, member_thread.root_id) as interaction_id
from member_thread
join core.measure
  on measure.thread_id = member_thread.thread_id
left join session
  on session.root_id = member_thread.root_id
  and coalesce(measure.occurred_at, timestamp '1970-01-01') >= session.begins_at
  and coalesce(measure.occurred_at, timestamp '1970-01-01') < session.ends_at
