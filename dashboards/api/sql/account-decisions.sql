-- One row per decision about a record of the account, newest first.
select
  cast(id as varchar) as id,
  kind,
  cast(record_id as varchar) as record_id,
  cast(other_record_id as varchar) as other_record_id,
  reason,
  decided_by,
  decided_at
from identity.account_decision
where record_id in (select record_id from identity.account_record where cast(account_id as varchar) = $id)
  or other_record_id in (select record_id from identity.account_record where cast(account_id as varchar) = $id)
order by
  decided_at desc,
  id
