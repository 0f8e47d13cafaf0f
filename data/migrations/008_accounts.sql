-- What CRMs, helpdesks and shops know of people and of the companies that are customers. Merged from facts, as in core.

-- One row per record of a person in one source. `handle_id` leads it to a customer.
create table core.person (
  id uuid not null,
  source varchar not null,
  native_id varchar not null,
  handle_id uuid not null,
  name varchar, name_version bigint,
  language varchar, language_version bigint,
  country varchar, country_version bigint,
  segment varchar, segment_version bigint,
  lifecycle varchar, lifecycle_version bigint,
  owner_id uuid, owner_id_version bigint,
  since_at timestamp,
  consent varchar, consent_version bigint,
  external_ids varchar[], external_ids_version bigint,
  account_ids varchar[], account_ids_version bigint,
  state varchar, state_version bigint,
  merged_into_id uuid, merged_into_id_version bigint,
  version bigint not null,
  revision bigint not null
);

-- One row per record of a company in one source.
create table core.account (
  id uuid not null,
  source varchar not null,
  native_id varchar not null,
  name varchar, name_version bigint,
  domains varchar[], domains_version bigint,
  segment varchar, segment_version bigint,
  plan varchar, plan_version bigint,
  country varchar, country_version bigint,
  owner_id uuid, owner_id_version bigint,
  since_at timestamp,
  parent_id uuid, parent_id_version bigint,
  external_ids varchar[], external_ids_version bigint,
  url varchar, url_version bigint,
  state varchar, state_version bigint,
  merged_into_id uuid, merged_into_id_version bigint,
  version bigint not null,
  revision bigint not null
);

-- One row per statement of a source, as a record of its own, that a person belongs to a company.
create table core.membership (
  id uuid not null,
  source varchar not null,
  native_id varchar not null,
  person_id uuid not null,
  account_id uuid not null,
  title varchar, title_version bigint,
  is_primary boolean, is_primary_version bigint,
  started_at timestamp,
  ended_at timestamp, ended_at_version bigint,
  state varchar, state_version bigint,
  version bigint not null,
  revision bigint not null
);

-- One row per record of a company that is in use: the account (one company across sources) it belongs to. The account's
-- id is the smallest id of its records, `domains` those of the record with commas between. Recomputed from the evidence,
-- never edited.
create table identity.account_record (
  record_id uuid not null,
  account_id uuid not null,
  domains varchar
);

-- One row per pair of companies' records and kind of evidence; `is_used` is false where a rule keeps the pair from linking.
create table identity.account_edge (
  record_id uuid not null,
  other_record_id uuid not null,
  evidence varchar not null,
  value varchar not null,
  is_used boolean not null,
  unused_reason varchar
);

-- One row per decision of a person: two records are, or are not, the same company. The newest one about a pair holds.
create table identity.account_decision (
  id uuid not null,
  kind varchar not null,
  record_id uuid not null,
  other_record_id uuid not null,
  reason varchar not null,
  decided_by varchar not null,
  decided_at timestamp not null,
  revision bigint not null
);

-- One row per customer and account. `evidence`: `stated` by a source, or `email_domain` where none states anything.
-- `place` is 1 for the account under which the customer counts, of those that are current; null for those that are over.
create table identity.account_customer (
  customer_id uuid not null,
  account_id uuid not null,
  evidence varchar not null,
  source varchar not null,
  detail varchar,
  title varchar,
  started_at timestamp,
  ended_at timestamp,
  is_current boolean not null,
  place integer,
  revision bigint not null
);

-- One row per customer of whom a source has a record: of each field what was said last.
create table identity.customer_profile (
  customer_id uuid not null,
  name varchar,
  language varchar,
  country varchar,
  segment varchar,
  lifecycle varchar,
  owner_id uuid,
  since_at timestamp,
  consent varchar,
  sources varchar not null,
  revision bigint not null
);

-- One row per account that has a record in use. A customer of several accounts counts under one of them: `member_count`
-- alone counts every current member.
create table mart.account (
  account_id varchar not null,
  name varchar,
  domains varchar,
  segment varchar,
  plan varchar,
  country varchar,
  owner varchar,
  since_at timestamp,
  parent_account_id varchar,
  sources varchar not null,
  record_count integer not null,
  member_count integer not null,
  interaction_count integer not null,
  episode_count integer not null,
  open_episode_count integer not null,
  last_seen_at timestamp,
  sentiment_recent double,
  sentiment_all double,
  churn_risk_highest double,
  churn_risk_average double,
  high_churn_count integer not null,
  left_count integer not null
);

alter table mart.customer add column account_id varchar;
alter table mart.customer add column language varchar;
alter table mart.customer add column country varchar;
alter table mart.customer add column segment varchar;
alter table mart.customer add column lifecycle varchar;
alter table mart.customer add column owner varchar;
alter table mart.customer add column customer_since_at timestamp;
alter table mart.customer add column consent varchar;
alter table mart.interaction_fact add column customer_account_id varchar;
alter table mart.episode add column customer_account_id varchar;
