delete from core.customer
where id in (select customer_gone.id from customer_gone)
