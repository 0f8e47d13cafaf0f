-- The parts the customer took are those of the address that leads nowhere.
insert into core.participant (thread_id, handle_id, role, source, occurred_at, revision)
select
  thread_id,
  $anonymous_handle_id::uuid,
  role,
  source,
  min(occurred_at),
  $revision
from core.participant
where handle_id in (select erased_handle.handle_id from erased_handle)
group by
  thread_id,
  role,
  source
