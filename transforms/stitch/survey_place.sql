-- One row per answer to stitch: its interaction.
-- In a conversation cut into sessions it belongs to the last session that has begun, or the first.
select
  survey.id,
  coalesce(session.interaction_id, member_thread.root_id) as interaction_id
from member_thread
join core.survey
  on survey.thread_id = member_thread.thread_id
left join session_span as session
  on session.root_id = member_thread.root_id
  and survey.occurred_at >= session.begins_at
  and survey.occurred_at < session.ends_at
