-- What was delivered of each line so far, so that a second part is priced and checked against what is left of it. Stays
-- behind where deliveries were told by amount alone: then nobody knows which goods came.
alter table order_line
  add column delivered_milli bigint not null default 0,
  add constraint order_line_delivered check (delivered_milli between 0 and quantity_milli);
