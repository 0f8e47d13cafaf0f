-- An id that is in use again, or retires anew, leads nowhere else.
delete from identity.customer_alias
where old_customer_id in (select customer.id from core.customer)
  or old_customer_id in (select retired_customer.old_customer_id from retired_customer)
