delete from identity.account_customer
where row(customer_id, account_id) in (select row(member_gone.customer_id, member_gone.account_id) from member_gone)
