-- One row per statement of a source that a customer belongs, or belonged, to an account: the list on the person's record,
-- or a record of the membership itself. A later word that a membership is over goes before the list.
with listed as (
  select
    person.id as person_id,
    person.handle_id,
    person.source,
    person.account_ids_version,
    cast(unnest(person.account_ids) as uuid) as record_id
  from core.person
  where coalesce(person.state, 'active') = 'active'
),

stated as (
  select
    listed.handle_id,
    listed.record_id,
    listed.source,
    cast(null as varchar) as title,
    cast(null as boolean) as is_primary,
    cast(null as timestamp) as started_at,
    cast(null as timestamp) as ended_at,
    true as is_current
  from listed
  where not exists (
    select 1
    from core.membership
    where membership.person_id = listed.person_id
      and membership.account_id = listed.record_id
      and membership.state = 'deleted'
      and membership.state_version > listed.account_ids_version
  )
  union all
  select
    person.handle_id,
    membership.account_id,
    membership.source,
    membership.title,
    membership.is_primary,
    membership.started_at,
    membership.ended_at,
    coalesce(membership.state, 'active') = 'active' and (membership.ended_at is null or membership.ended_at > $now)
  from core.membership
  join core.person
    on person.id = membership.person_id
    and coalesce(person.state, 'active') = 'active'
)

select
  handle_customer.customer_id,
  account_record.account_id,
  stated.source,
  stated.title,
  stated.is_primary,
  stated.started_at,
  stated.ended_at,
  stated.is_current
from stated
join identity.handle_customer
  on handle_customer.handle_id = stated.handle_id
join identity.account_record
  on account_record.record_id = stated.record_id
