delete from mart.departure
where customer_id in (select changed_departure.customer_id from changed_departure)
