-- Gives every touched thread that has no root yet itself as root.
insert into core.thread_root (thread_id, root_id)
select
  touched_thread.thread_id,
  touched_thread.thread_id
from touched_thread
where touched_thread.thread_id not in (
  select thread_root.thread_id
  from core.thread_root
)
