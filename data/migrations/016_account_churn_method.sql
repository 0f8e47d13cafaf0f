-- How the risks of an account's people were computed: those of rules are no probabilities. Accounts are made anew with it.
alter table mart.account add column churn_method varchar;
