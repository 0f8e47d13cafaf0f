-- One row per source that has delivered: what arrived and what became of it.
with landed as (
  select
    source,
    count(*) as deliveries,
    max(received_at) as last_delivery_at
  from raw.delivery
  group by source
),
parsed as (
  select
    source,
    count(*) as deliveries,
    sum(units) as units,
    sum(mapped) as mapped,
    sum(dropped) as dropped,
    sum(ignored) as ignored,
    sum(unknown) as unknown,
    sum(rejected) as rejected
  from ops.delivery_outcome
  group by source
)
select
  landed.source,
  landed.last_delivery_at,
  landed.deliveries,
  landed.deliveries - coalesce(parsed.deliveries, 0) as waiting_deliveries,
  cast(coalesce(parsed.units, 0) as bigint) as units,
  cast(coalesce(parsed.mapped, 0) as bigint) as mapped,
  cast(coalesce(parsed.dropped, 0) as bigint) as dropped,
  cast(coalesce(parsed.ignored, 0) as bigint) as ignored,
  cast(coalesce(parsed.unknown, 0) as bigint) as unknown,
  cast(coalesce(parsed.rejected, 0) as bigint) as rejected
from landed
left join parsed on parsed.source = landed.source
order by landed.source
