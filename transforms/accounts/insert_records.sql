insert into identity.account_record (record_id, account_id, domains)
select
  record_in_use.record_id,
  coalesce(account_component.root_id, record_in_use.record_id) as account_id,
  nullif(array_to_string(record_in_use.domains, ','), '') as domains
from record_in_use
left join account_component
  on account_component.record_id = record_in_use.record_id
