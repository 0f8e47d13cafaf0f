insert into mart.interaction_fact by name
select new_fact.*
from new_fact
