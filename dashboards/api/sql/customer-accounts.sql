-- One row per account the customer belongs or belonged to, the one under which they count first.
select
  cast(member.account_id as varchar) as id,
  account.name,
  account.domains,
  {membership}
from identity.account_customer as member
left join mart.account as account
  on account.account_id = cast(member.account_id as varchar)
where cast(member.customer_id as varchar) = $id
order by
  member.is_current desc,
  member.place nulls last,
  member.account_id
