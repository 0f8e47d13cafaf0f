-- A matter is open until its last contact is resolved. Held on the row, so that every count of open matters is the same.
alter table mart.episode add column is_open boolean;
update mart.episode set is_open = not is_resolved;
