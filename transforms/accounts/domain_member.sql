-- One row per customer of whom no source states a current account, and whose e-mail addresses all lead to one: that which
-- alone states their domain.
with lone_domain as (
  select
    domain_owner.domain,
    min(account_record.account_id) as account_id,
    min(domain_owner.source) as source
  from domain_owner
  join identity.account_record
    on account_record.record_id = domain_owner.record_id
  group by domain_owner.domain
  having count(distinct account_record.account_id) = 1
)

select
  handle_customer.customer_id,
  min(lone_domain.account_id) as account_id,
  min(lone_domain.source) as source,
  min(lone_domain.domain) as domain
from core.handle
join identity.handle_customer
  on handle_customer.handle_id = handle.id
join lone_domain
  on lone_domain.domain = split_part(handle.value, '@', 2)
where handle.type = 'email'
  and handle_customer.customer_id not in (
    select stated_member.customer_id
    from stated_member
    where stated_member.is_current
  )
group by handle_customer.customer_id
having count(distinct lone_domain.account_id) = 1
