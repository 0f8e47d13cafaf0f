-- One row: what is known of customers who left.
select
  (select count(*) from core.departure) as reported,
  (select count(distinct departure.customer_id) from mart.departure) as customers,
  (
    select count(*)
    from core.departure
    left join identity.handle_customer as by_handle
      on by_handle.handle_id = departure.handle_id
    left join identity.handle_customer as by_other_handle
      on by_other_handle.handle_id = departure.other_handle_id
    left join core.customer
      on customer.id = departure.customer_id
    left join identity.customer_alias
      on customer_alias.old_customer_id = departure.customer_id
    where coalesce(by_handle.customer_id, by_other_handle.customer_id, customer.id, customer_alias.customer_id) is null
  ) as unmatched,
  (select count(*) from ops.departure_reject) as rejected,
  (select max(departure.left_at) from mart.departure) as last_left_at
