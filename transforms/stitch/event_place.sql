-- One row per event to stitch: its interaction.
-- Receipts and reactions follow their utterance; other events belong to the last session that has begun, or the first.
select
  event.id,
  coalesce(utterance_place.interaction_id, session.interaction_id, member_thread.root_id) as interaction_id
from member_thread
join core.event
  on event.thread_id = member_thread.thread_id
left join utterance_place
  on utterance_place.id = event.utterance_id
left join session_span as session
  on session.root_id = member_thread.root_id
  and event.occurred_at >= session.begins_at
  and event.occurred_at < session.ends_at
