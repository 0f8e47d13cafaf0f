-- The memberships that changed or are no more, by key.
select customer_id, account_id
from (
  select customer_id, account_id, evidence, source, detail, title, started_at, ended_at, is_current, place
  from identity.account_customer
  except
  select customer_id, account_id, evidence, source, detail, title, started_at, ended_at, is_current, place
  from member_now
)
