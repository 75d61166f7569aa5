-- After a large import the planner goes by what the tables held before, until autovacuum comes by a minute or two later.
-- ANALYZE needs the table's owner (or MAINTAIN, which PostgreSQL 15 does not know), and the service is not to own tables:
-- so it may have these analysed, and no others, by a function of the owner's.
create function analyze_filled(p_tables text[]) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_table text;
begin
  foreach v_table in array p_tables loop
    if not v_table = any (array['product', 'retailer', 'identity', 'credit_account', 'receivable', 'ledger_entry']) then
      raise exception 'analyze_filled: % is none of the tables that imports fill', v_table;
    end if;
    execute format('analyze public.%I', v_table);
  end loop;
end $$;
revoke execute on function analyze_filled(text[]) from public;
grant execute on function analyze_filled(text[]) to orderlock_app;
