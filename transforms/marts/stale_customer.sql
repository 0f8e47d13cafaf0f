-- One row per customer whose row has to be made anew: contacts, name, churn risk or answers changed, or it is no more.
select touched_customer.customer_id
from touched_customer
union
select cast(customer.id as varchar)
from core.customer
where customer.revision > $done
union
select cast(customer.customer_id as varchar)
from signal.customer
where customer.revision > $done
union
select cast(handle_customer.customer_id as varchar)
from core.survey
join identity.handle_customer
  on handle_customer.handle_id = survey.handle_id
where survey.revision > $done
union
select customer.customer_id
from mart.customer
where customer.customer_id not in (select cast(customer.id as varchar) from core.customer)
