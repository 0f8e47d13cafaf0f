-- One row per pair of companies' records and kind of evidence, with the reason why it does not link, if it does not.
with merged as (
  select
    least(record_id, merged_into_id) as record_id,
    greatest(record_id, merged_into_id) as other_record_id,
    'merged by the source' as evidence,
    source as value,
    cast(null as varchar) as reason
  from record_in_use
  where merged_into_id in (select known.record_id from record_in_use as known)
    and merged_into_id <> record_id
),

of_one_domain as (
  select
    one.record_id,
    other.record_id as other_record_id,
    one.domain,
    one.plain_name = other.plain_name as is_same_name,
    count(*) over (partition by one.domain, one.source, other.source) as count_pairs
  from domain_owner as one
  join domain_owner as other
    on other.domain = one.domain
    and other.source > one.source
),

domain_pair as (
  select
    least(record_id, other_record_id) as record_id,
    greatest(record_id, other_record_id) as other_record_id,
    'same domain' as evidence,
    min(domain) as value,
    case
      when max(count_pairs) > 1 then 'a domain of several companies of one source'
      when not coalesce(bool_or(is_same_name), false) then 'a domain alone is weak evidence: the names differ'
    end as reason
  from of_one_domain
  group by
    least(record_id, other_record_id),
    greatest(record_id, other_record_id)
),

decided as (
  select
    least(record_id, other_record_id) as record_id,
    greatest(record_id, other_record_id) as other_record_id,
    arg_max(kind, row(decided_at, id)) as kind,
    arg_max(decided_by, row(decided_at, id)) as decided_by
  from identity.account_decision
  group by
    least(record_id, other_record_id),
    greatest(record_id, other_record_id)
)

select record_id, other_record_id, 'decision' as evidence, decided_by as value, cast(null as varchar) as reason, 1 as strength
from decided
where kind = 'same'
  and record_id in (select known.record_id from record_in_use as known)
  and other_record_id in (select known.record_id from record_in_use as known)
union all
select record_id, other_record_id, evidence, value, reason, 2
from merged
union all
select record_id, other_record_id, evidence, value, reason, 3
from reference_pair
union all
select record_id, other_record_id, evidence, value, reason, 4
from domain_pair
