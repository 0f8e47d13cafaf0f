insert into identity.account_edge (record_id, other_record_id, evidence, value, is_used, unused_reason)
select
  account_pair.record_id,
  account_pair.other_record_id,
  account_pair.evidence,
  account_pair.value,
  account_pair.reason is null and parted_account.record_id is null as is_used,
  coalesce(account_pair.reason, case when parted_account.record_id is not null then 'parted by a decision' end) as unused_reason
from account_pair
left join parted_account
  on parted_account.record_id = account_pair.record_id
  and parted_account.other_record_id = account_pair.other_record_id
  and parted_account.evidence = account_pair.evidence
