-- One row: how many accounts pass the filters.
select count(*) as total
from mart.account
where {where}
