-- One row per new link, between the roots that its two threads have so far. A thread without a root is its own.
-- Links are never removed, so joining the components of the two ends is exact.
select
  coalesce(one.root_id, link.thread_id) as root_id,
  coalesce(other.root_id, link.other_thread_id) as other_root_id
from core.thread_link as link
left join core.thread_root as one
  on one.thread_id = link.thread_id
left join core.thread_root as other
  on other.thread_id = link.other_thread_id
where link.revision > $done
