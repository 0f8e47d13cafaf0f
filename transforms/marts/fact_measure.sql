-- One row per changed interaction with a vendor's times, in seconds. Talk, hold and wrap-up of several legs and agents add
-- up; of several waits the longest is taken, of several first answers the first, of several solutions the last.
with meant as (
  select
    measure.interaction_id,
    measure_meaning.meaning,
    measure_meaning.rank,
    measure.value * case measure.unit when 'millisecond' then 0.001 when 'minute' then 60 else 1 end as seconds
  from core.measure
  join changed_fact
    on changed_fact.interaction_id = measure.interaction_id
  join measure_meaning
    on measure_meaning.name = measure.name
  where measure.unit in ('second', 'millisecond', 'minute')
    and measure_meaning.meaning is not null
),

ranked as (
  select
    interaction_id,
    meaning,
    seconds,
    rank() over (partition by interaction_id, meaning order by rank) as place
  from meant
)

select
  interaction_id,
  max(case when meaning = 'wait' then seconds end) as wait_seconds,
  sum(case when meaning = 'talk' then seconds end) as talk_seconds,
  sum(case when meaning = 'hold' then seconds end) as hold_seconds,
  sum(case when meaning = 'wrap_up' then seconds end) as wrap_up_seconds,
  min(case when meaning = 'first_response' then seconds end) as first_response_seconds,
  min(case when meaning = 'first_response_business' then seconds end) as first_response_business_seconds,
  max(case when meaning = 'full_resolution' then seconds end) as full_resolution_seconds,
  max(case when meaning = 'full_resolution_business' then seconds end) as full_resolution_business_seconds
from ranked
where place = 1
group by interaction_id
