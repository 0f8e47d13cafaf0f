-- Points the threads of joined components at the new root.
update core.thread_root
set root_id = root_change.root_id
from root_change
where thread_root.root_id = root_change.old_root_id
