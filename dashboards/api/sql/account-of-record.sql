-- The account that a record of a company belongs to now; ids of accounts are ids of records, so former ones lead here.
select cast(account_id as varchar) as id
from identity.account_record
where cast(record_id as varchar) = $id
