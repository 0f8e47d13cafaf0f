-- Searches of visits that changed or are gone, and of customers whose contacts changed.
delete from mart.search
where interaction_id in (select new_fact.interaction_id from new_fact)
  or customer_id in (select touched_customer.customer_id from touched_customer)
  or interaction_id not in (select cast(interaction.id as varchar) from core.interaction)
