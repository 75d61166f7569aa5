-- Lists of accounts go by the names of their shops, a page at a time: along this index a page reads what it shows. Without
-- it every account was read and sorted, and for the overdue ones its debts as well: 349 ms on 3,000 shops.
create index retailer_by_name on retailer (wholesaler_id, name, id);
