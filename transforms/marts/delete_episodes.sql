delete from mart.episode
where customer_id in (select touched_customer.customer_id from touched_customer)
