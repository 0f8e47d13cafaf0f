-- Writes the interaction of each event, where it is a new one, and the thread of a report that came without one.
update core.event
set
  interaction_id = event_place.interaction_id,
  thread_id = event_place.thread_id,
  revision = $revision
from event_place
where event.id = event_place.id
  and (
    event.interaction_id is distinct from event_place.interaction_id
    or event.thread_id <> event_place.thread_id
  )
