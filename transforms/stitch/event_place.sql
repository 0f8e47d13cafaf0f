-- One row per event to stitch: its interaction and its thread. A report that came without its conversation names only the
-- message it is about: it belongs where that was said, once that is known.
with placed as (
  select
    event.id,
    member_thread.thread_id,
    event.utterance_id,
    event.occurred_at,
    member_thread.root_id
  from member_thread
  join core.event
    on event.thread_id = member_thread.thread_id
  union all
  select
    event.id,
    utterance.thread_id,
    event.utterance_id,
    event.occurred_at,
    member_thread.root_id
  from member_thread
  join core.utterance
    on utterance.thread_id = member_thread.thread_id
  join core.event
    on event.utterance_id = utterance.id
  left join core.thread
    on thread.id = event.thread_id
  where thread.id is null
    and event.thread_id <> utterance.thread_id
    and event.thread_id not in (select thread_id from member_thread)
)

-- Receipts and reactions follow their utterance; other events belong to the last session that has begun, or the first.
select
  placed.id,
  placed.thread_id,
  coalesce(utterance_place.interaction_id, session.interaction_id, placed.root_id) as interaction_id
from placed
left join utterance_place
  on utterance_place.id = placed.utterance_id
left join session_span as session
  on session.root_id = placed.root_id
  and placed.occurred_at >= session.begins_at
  and placed.occurred_at < session.ends_at
