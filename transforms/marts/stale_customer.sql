-- One row per customer whose row has to be made anew: contacts, name, profile, account, churn risk, departures or answers changed, or
-- it is no more.
select touched_customer.customer_id
from touched_customer
union
select changed_departure.customer_id
from changed_departure
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
union
select cast(account_customer.customer_id as varchar)
from identity.account_customer
where account_customer.revision > $done
union
select cast(customer_profile.customer_id as varchar)
from identity.customer_profile
where customer_profile.revision > $done
union
select customer.customer_id
from mart.customer
left join identity.account_customer
  on cast(account_customer.customer_id as varchar) = customer.customer_id
  and account_customer.place = 1
left join identity.customer_profile
  on cast(customer_profile.customer_id as varchar) = customer.customer_id
where customer.account_id is distinct from cast(account_customer.account_id as varchar)
  or (
    customer_profile.customer_id is null
    and (
      customer.language is not null
      or customer.country is not null
      or customer.segment is not null
      or customer.lifecycle is not null
      or customer.owner is not null
      or customer.customer_since_at is not null
      or customer.consent is not null
    )
  )
