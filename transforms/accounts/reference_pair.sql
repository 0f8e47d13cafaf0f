-- One row per pair of records of two sources and reference that names both: an id one of them carries is the other's own
-- (bare, or as `system:id`), or both carry the same one. `reason` says why it does not link, if it does not.
with carried as (
  select distinct
    record_id,
    source,
    unnest(external_ids) as reference
  from record_in_use
),

own as (
  select
    record_id,
    source,
    native_id as reference
  from record_in_use
  union
  select
    record_id,
    source,
    source || ':' || native_id
  from record_in_use
  union
  -- `salesforce-eu` is a salesforce, too.
  select
    record_id,
    source,
    split_part(source, '-', 1) || ':' || native_id
  from record_in_use
),

named as (
  select
    carried.record_id,
    carried.source,
    own.record_id as other_record_id,
    own.source as other_source,
    'names the other record' as evidence,
    carried.reference
  from carried
  join own
    on own.reference = carried.reference
    and own.source <> carried.source
  union
  select
    carried.record_id,
    carried.source,
    other.record_id,
    other.source,
    'same external id',
    carried.reference
  from carried
  join carried as other
    on other.reference = carried.reference
    and other.source > carried.source
),

counted as (
  select
    named.*,
    count(distinct record_id) over (partition by source, other_record_id, evidence, reference) as count_records,
    count(distinct other_record_id) over (partition by record_id, other_source, evidence, reference) as count_others
  from named
)

select
  least(record_id, other_record_id) as record_id,
  greatest(record_id, other_record_id) as other_record_id,
  evidence,
  min(reference) as value,
  case
    when max(length(reference)) < 5 then 'an id too short to be one company''s alone'
    when max(count_records) > 1 or max(count_others) > 1 then 'an id that several companies of one source carry'
  end as reason
from counted
group by
  least(record_id, other_record_id),
  greatest(record_id, other_record_id),
  evidence
