-- Takes out what sources know of the customer.
delete from core.person
where id in (select erased_person.person_id from erased_person)
