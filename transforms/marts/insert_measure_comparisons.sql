-- One row per changed interaction and vendor's measure that has a counterpart of ours. Values of several legs and agents add
-- up; of several waits the longest is taken, of several first answers the first, of several solutions the last.
insert into mart.measure_comparison by name
with stated as (
  select
    measure.interaction_id,
    measure.source,
    measure.name,
    measure_meaning.counterpart,
    measure_meaning.unit,
    measure.value * case measure.unit when 'millisecond' then 0.001 when 'minute' then 60 else 1 end as value
  from core.measure
  join changed_fact
    on changed_fact.interaction_id = measure.interaction_id
  join measure_meaning
    on measure_meaning.name = measure.name
  where measure_meaning.counterpart is not null
),

summed as (
  select
    interaction_id,
    source,
    name,
    counterpart,
    unit,
    case
      when counterpart in ('wait', 'duration', 'full_resolution', 'full_resolution_business') then max(value)
      when counterpart in ('first_response', 'first_response_business', 'first_resolution') then min(value)
      else sum(value)
    end as vendor_value
  from stated
  group by
    interaction_id,
    source,
    name,
    counterpart,
    unit
),

compared as (
  select
    summed.*,
    case summed.counterpart
      when 'wait' then measure_own.wait
      when 'talk' then measure_own.talk
      when 'hold' then measure_own.hold
      when 'wrap_up' then measure_own.wrap_up
      when 'handle' then measure_own.handle
      when 'duration' then measure_own.duration
      when 'speech' then measure_own.speech
      when 'agent_speech' then measure_own.agent_speech
      when 'customer_speech' then measure_own.customer_speech
      when 'first_response' then measure_own.first_response
      when 'first_response_business' then measure_own.first_response_business
      when 'full_resolution' then measure_own.full_resolution
      when 'full_resolution_business' then measure_own.full_resolution_business
      when 'first_resolution' then measure_own.first_resolution
      when 'agent_messages' then measure_own.agent_messages
      when 'customer_messages' then measure_own.customer_messages
      when 'reopens' then measure_own.reopens
      when 'transfers' then measure_own.transfers
      when 'holds' then measure_own.holds
    end as our_value
  from summed
  join measure_own
    on measure_own.interaction_id = summed.interaction_id
)

select
  cast(interaction_id as varchar) as interaction_id,
  source,
  name,
  counterpart,
  unit,
  vendor_value,
  our_value,
  vendor_value - our_value as difference,
  case
    when vendor_value = our_value then 0
    else abs(vendor_value - our_value) / greatest(abs(vendor_value), abs(our_value))
  end as relative_difference
from compared
where our_value is not null
