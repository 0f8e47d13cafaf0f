insert into identity.account_customer (
  customer_id, account_id, evidence, source, detail, title, started_at, ended_at, is_current, place, revision
)
select
  member_now.customer_id,
  member_now.account_id,
  member_now.evidence,
  member_now.source,
  member_now.detail,
  member_now.title,
  member_now.started_at,
  member_now.ended_at,
  member_now.is_current,
  member_now.place,
  $revision
from member_now
where not exists (
  select 1
  from identity.account_customer
  where account_customer.customer_id = member_now.customer_id
    and account_customer.account_id = member_now.account_id
)
