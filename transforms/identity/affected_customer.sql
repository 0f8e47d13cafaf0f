-- One row per customer that may have changed: of affected handles and of interactions looked at, before and after; and
-- those who were merged or split away with interactions that are no more.
select customer_id from former_customer
union
select customer_id from assigned_customer
union
select customer_id from interaction_customer
union
select former_customer_id from interaction_customer where former_customer_id is not null
union
select handle_customer.customer_id
from core.handle
join identity.handle_customer
  on handle_customer.handle_id = handle.id
where handle.revision > $done
union
select handle_customer.customer_id
from core.participant
join identity.handle_customer
  on handle_customer.handle_id = participant.handle_id
where participant.revision > $done
union
select customer.id
from core.customer
where customer.is_anonymous
  and customer.id not in (select interaction.customer_id from core.interaction where interaction.customer_id is not null)
