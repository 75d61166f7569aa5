-- What an approver is written to in before they wrote themselves, as `retailer.language` is for shops. Null: nobody said,
-- so the wholesaler's.
alter table approver add column language text;
