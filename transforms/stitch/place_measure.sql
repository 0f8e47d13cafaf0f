-- Writes the interaction of each vendor's measure, where it is a new one.
update core.measure
set
  interaction_id = measure_place.interaction_id,
  revision = $revision
from measure_place
where measure.id = measure_place.id
  and measure.interaction_id is distinct from measure_place.interaction_id
