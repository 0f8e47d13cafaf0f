-- One row per customer who belongs or belonged to the account: those of now first, of them those who came last.
select
  customer.customer_id as id,
  {columns},
  customer.churn_method,
  {membership}
from identity.account_customer as member
join mart.customer as customer
  on customer.customer_id = cast(member.customer_id as varchar)
where cast(member.account_id as varchar) = $id
order by
  member.is_current desc,
  customer.last_seen_at desc nulls last,
  customer.customer_id
limit 500
