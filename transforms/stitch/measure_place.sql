-- One row per vendor's measure to stitch: its interaction.
-- In a conversation cut into sessions it belongs to the last session that has begun, or the first.
select
  measure.id,
  coalesce(session.interaction_id, member_thread.root_id) as interaction_id
from member_thread
join core.measure
  on measure.thread_id = member_thread.thread_id
left join session_span as session
  on session.root_id = member_thread.root_id
  and coalesce(measure.occurred_at, timestamp '1970-01-01') >= session.begins_at
  and coalesce(measure.occurred_at, timestamp '1970-01-01') < session.ends_at
