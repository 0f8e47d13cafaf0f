-- One row: how many conversations pass the filters.
select count(*) as total
from mart.interaction_fact
where {where}
