-- One row: whether any source has told of people or companies.
select
  exists (select 1 from core.person)
  or exists (select 1 from core.account)
  or exists (select 1 from identity.account_customer)
  or exists (select 1 from identity.customer_profile) as is_used
