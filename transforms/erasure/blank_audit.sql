-- What people noted when they merged or split the customer may name them.
update ops.audit
set detail = null
where subject = $customer_id
