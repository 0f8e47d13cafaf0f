-- One row per pair of records and kind of evidence, of which at least one is of the account.
select
  cast(account_edge.record_id as varchar) as record_id,
  cast(account_edge.other_record_id as varchar) as other_record_id,
  account_edge.evidence,
  account_edge.value,
  account_edge.is_used,
  account_edge.unused_reason
from identity.account_edge
where account_edge.record_id in (select record_id from identity.account_record where cast(account_id as varchar) = $id)
  or account_edge.other_record_id in (select record_id from identity.account_record where cast(account_id as varchar) = $id)
order by
  account_edge.is_used desc,
  account_edge.record_id,
  account_edge.other_record_id,
  account_edge.evidence
