-- One row per customer and account, as identity.account_customer has to be now. A customer counts under the account that
-- a source calls the first one, else the one joined last, else the one with the smallest id.
with stated as (
  select
    customer_id,
    account_id,
    'stated' as evidence,
    string_agg(distinct source, ', ' order by source) as source,
    cast(null as varchar) as detail,
    max(title) as title,
    coalesce(bool_or(is_primary and is_current), false) as is_primary,
    min(started_at) as started_at,
    case when not bool_or(is_current) then max(ended_at) end as ended_at,
    bool_or(is_current) as is_current
  from stated_member
  group by
    customer_id,
    account_id
),

member as (
  select customer_id, account_id, evidence, source, detail, title, is_primary, started_at, ended_at, is_current
  from stated
  union all
  select customer_id, account_id, 'email_domain', source, domain, null, false, null, null, true
  from domain_member
  -- Who left an account is not led back to it by an address that still stands.
  where not exists (
    select 1
    from stated
    where stated.customer_id = domain_member.customer_id
      and stated.account_id = domain_member.account_id
  )
)

select
  customer_id,
  account_id,
  evidence,
  source,
  detail,
  title,
  started_at,
  ended_at,
  is_current,
  case
    when is_current then cast(row_number() over (
      partition by customer_id, is_current
      order by is_primary desc, started_at desc nulls last, account_id
    ) as integer)
  end as place
from member
