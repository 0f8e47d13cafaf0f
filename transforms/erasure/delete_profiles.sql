-- Takes out what says that addresses are one person's.
delete from core.profile
where handle_id in (select erased_handle.handle_id from erased_handle)
  or other_handle_id in (select erased_handle.handle_id from erased_handle)
