-- Takes out for which companies the customer stood.
delete from core.membership
where person_id in (select erased_person.person_id from erased_person)
