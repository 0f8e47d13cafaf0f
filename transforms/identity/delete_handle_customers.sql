delete from identity.handle_customer
where handle_id in (select affected_handle.handle_id from affected_handle)
