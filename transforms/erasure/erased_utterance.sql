-- One row per thing said in the customer's own threads, by either side, and by the customer elsewhere.
select
  utterance.id,
  utterance.source,
  utterance.native_id,
  true as is_new
from core.utterance
where utterance.thread_id in (select erased_thread.thread_id from erased_thread)
  or utterance.handle_id in (select erased_handle.handle_id from erased_handle)
