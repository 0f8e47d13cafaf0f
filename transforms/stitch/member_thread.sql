-- One row per thread of a conversation that has to be stitched again. A conversation of which no thread has arrived
-- (only things that refer to it) is not stitched yet. One thread with a session gap cuts the whole conversation.
with touched_root as (
  select distinct thread_root.root_id
  from touched_thread
  join core.thread_root
    on thread_root.thread_id = touched_thread.thread_id
)
select
  thread_root.root_id,
  thread_root.thread_id,
  min(thread.session_gap_hours) over (partition by thread_root.root_id) as session_gap_hours
from touched_root
join core.thread_root
  on thread_root.root_id = touched_root.root_id
left join core.thread
  on thread.id = thread_root.thread_id
qualify count(thread.id) over (partition by thread_root.root_id) > 0
