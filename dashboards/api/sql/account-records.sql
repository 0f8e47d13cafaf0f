-- One row per record that the account is made of.
select
  cast(account.id as varchar) as id,
  account.source,
  account.native_id,
  account.name,
  account_record.domains,
  account.plan,
  account.segment,
  account.state,
  account.url
from identity.account_record
join core.account
  on account.id = account_record.record_id
where cast(account_record.account_id as varchar) = $id
order by
  account.source,
  account.native_id
