-- An approver may have a shop besides: one phone is one person, who orders for the shop and decides on orders of others.
alter table identity drop constraint identity_check;
alter table identity add constraint identity_owner check (num_nonnulls(retailer_id, approver_id) > 0);
