delete from identity.account_record
