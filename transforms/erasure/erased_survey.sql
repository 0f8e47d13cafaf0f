-- One row per answer of the customer.
select
  survey.id,
  survey.source,
  survey.native_id,
  true as is_new
from core.survey
where survey.thread_id in (select erased_thread.thread_id from erased_thread)
  or survey.handle_id in (select erased_handle.handle_id from erased_handle)
