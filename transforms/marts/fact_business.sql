-- One row per changed interaction: the seconds of its spans that lie within business hours. `business_interval` holds, for
-- each interval that is open, the open seconds before it; the open seconds up to an instant are those before the interval
-- it falls in or after, and what of that interval has passed. Where only the vendor knows a span, it is the vendor's
-- calendar that counts.
with instant as (
  select first_customer_at as instant_at from fact_interval
  union
  select first_response_at from fact_interval
  union
  select started_at from fact_interval
  union
  select resolved_at from fact_interval
),

passed as (
  select
    instant.instant_at,
    business_interval.seconds_before
      + least(
        date_diff('millisecond', business_interval.starts_at, instant.instant_at),
        date_diff('millisecond', business_interval.starts_at, business_interval.ends_at)
      ) / 1000.0 as open_seconds
  from instant
  asof join business_interval
    on instant.instant_at >= business_interval.starts_at
  where instant.instant_at is not null
)

select
  fact_interval.interaction_id,
  coalesce(
    responded.open_seconds - asked.open_seconds,
    case when agent_utterance_count = 0 then measured_first_response_business_seconds end
  ) as first_response_business_seconds,
  coalesce(
    resolved.open_seconds - begun.open_seconds,
    case when solved_at is null and status in ('solved', 'closed') then measured_full_resolution_business_seconds end
  ) as full_resolution_business_seconds
from fact_interval
left join passed as asked
  on asked.instant_at = fact_interval.first_customer_at
left join passed as responded
  on responded.instant_at = fact_interval.first_response_at
left join passed as begun
  on begun.instant_at = fact_interval.started_at
left join passed as resolved
  on resolved.instant_at = fact_interval.resolved_at
