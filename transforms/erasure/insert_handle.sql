-- One address that leads nowhere stands for all that the customer had.
insert into core.handle (id, type, value, version, revision)
values ($anonymous_handle_id::uuid, 'account_id', $anonymous_value, 0, $revision)
