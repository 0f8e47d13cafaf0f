-- Takes out the parts that the erased addresses took.
delete from core.participant
where handle_id in (select erased_handle.handle_id from erased_handle)
