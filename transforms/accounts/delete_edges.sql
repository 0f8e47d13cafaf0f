delete from identity.account_edge
