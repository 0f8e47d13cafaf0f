-- One row per handle that meets more distinct handles of one other type than a person has: a switchboard, a family's
-- phone, the tablet in a store.
with pair as (
  select
    evidence.handle_id,
    one.type,
    evidence.other_handle_id,
    other.type as other_type
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
  select handle_id, type, other_handle_id as partner_id, other_type as partner_type from pair
  union
  select other_handle_id, other_type, handle_id, type from pair
),

counted as (
  select
    handle_id,
    partner_type,
    count(*) as count_partners
  from partner
  where partner_type <> type
  group by
    handle_id,
    partner_type
)

select
  handle_id,
  'shared by more than ' || $maximum_partners::integer || ' addresses of type ' || min(partner_type) as reason
from counted
where count_partners > $maximum_partners
group by handle_id
