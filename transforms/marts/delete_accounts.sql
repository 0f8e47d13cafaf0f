delete from mart.account
where account_id in (select stale_account.account_id from stale_account)
