delete from identity.customer_profile
where customer_id in (select profile_gone.customer_id from profile_gone)
