-- Takes out the addresses.
delete from core.handle
where id in (select erased_handle.handle_id from erased_handle)
