-- What each product was at each version of its wholesaler's catalogue: events keep the version that they were decided with,
-- so any day can be decided again on the goods and prices of that day.

-- The product as it was from `version` on, until a newer row of the same SKU. As JSON, since columns that product gains
-- later say nothing about what was decided before: jsonb_populate_record reads it back as a row of today's product.
create table product_version (
  wholesaler_id text not null references wholesaler,
  sku           text not null,
  version       integer not null,
  product       jsonb not null,
  written_at    timestamptz not null default app_clock(),
  primary key (wholesaler_id, sku, version)
);

-- Written at COMMIT, by a trigger and not by whoever writes products: the version is counted up in the same transaction,
-- before or after the products are written, and only then both stand. Several changes in one transaction are one version.
-- What was replaced more than a year ago is forgotten, so a product costs as many rows as it changed in a year, and one.
create function keep_product_version() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into product_version (wholesaler_id, sku, version, product)
    select new.wholesaler_id, new.sku, w.catalogue_version, to_jsonb(new) - 'wholesaler_id'
      from wholesaler w where w.id = new.wholesaler_id
    on conflict (wholesaler_id, sku, version) do update set product = excluded.product, written_at = app_clock();
  if tg_op = 'UPDATE' then
    delete from product_version v
     where v.wholesaler_id = new.wholesaler_id and v.sku = new.sku
       and v.version < (select max(k.version) from product_version k
                         where k.wholesaler_id = new.wholesaler_id and k.sku = new.sku
                           and k.written_at < app_clock() - interval '366 days');
  end if;
  return null;
end $$;
revoke all on function keep_product_version() from public;

create constraint trigger product_new_version after insert on product
  deferrable initially deferred for each row execute function keep_product_version();
create constraint trigger product_changed_version after update on product
  deferrable initially deferred for each row when (old.* is distinct from new.*) execute function keep_product_version();

insert into product_version (wholesaler_id, sku, version, product)
select p.wholesaler_id, p.sku, w.catalogue_version, to_jsonb(p) - 'wholesaler_id'
  from product p join wholesaler w on w.id = p.wholesaler_id;

-- History is read; the trigger alone, with its owner's rights, writes it.
grant select on product_version to orderlock_app;
