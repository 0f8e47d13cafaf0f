-- One row per handle that meets more distinct handles of one other type than a person has: a switchboard, a family's
-- phone, the tablet in a store.
with pair as (
  select
    evidence.handle_id,
    evidence.other_handle_id
  from evidence
  join handle_status as one
    on one.handle_id = evidence.handle_id
    and one.reason is null
  join handle_status as other
    on other.handle_id = evidence.other_handle_id
    and other.reason is null
  where evidence.is_clear
),

partner as (
  select handle_id, other_handle_id as partner_id from pair
  union
  select other_handle_id, handle_id from pair
),

counted as (
  select
    partner.handle_id,
    partner_status.type as partner_type,
    count(*) as count_partners
  from partner
  join handle_status
    on handle_status.handle_id = partner.handle_id
  join handle_status as partner_status
    on partner_status.handle_id = partner.partner_id
  where partner_status.type <> handle_status.type
  group by
    partner.handle_id,
    partner_status.type
)

select
  handle_id,
  'shared by more than ' || $maximum_partners::integer || ' addresses of type ' || min(partner_type) as reason
from counted
where count_partners > $maximum_partners
group by handle_id
