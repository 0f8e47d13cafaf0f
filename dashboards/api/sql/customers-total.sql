-- One row: how many customers pass the filters.
select count(*) as total
from mart.customer
where {where}
