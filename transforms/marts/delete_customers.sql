delete from mart.customer
where customer_id in (select stale_customer.customer_id from stale_customer)
