-- What people look at most, summed beforehand: the clock of a whole business, and payments by type and day.

-- The facts of all shops of an account together, by hour. A shop that has no part in a question is taken out of the sum, so that a business
-- of hundreds of shops is read in as many rows as one shop. Kept by the transaction that sums the facts. `facts`: how many are in it.
create table account_hour (like fact including defaults);
alter table account_hour drop column shop_id;
alter table account_hour drop column register_id;
alter table account_hour add column facts integer not null;
alter table account_hour add primary key (organization_id, business_day, pos_account_id, hour);

-- Payments by type, by day and by month, as fact_day and fact_month are of everything else.
create table payment_day (like payment_fact including defaults);
alter table payment_day drop column hour;
alter table payment_day add primary key (organization_id, pos_account_id, shop_id, business_day, register_id, payment_type_id);
create table payment_month (like payment_day including defaults);
alter table payment_month rename column business_day to month;
alter table payment_month add primary key (organization_id, pos_account_id, shop_id, month, register_id, payment_type_id);
create index payment_day_range on payment_day (organization_id, business_day);
create index payment_month_range on payment_month (organization_id, month);

call make_tenant_table('account_hour');
call make_tenant_table('payment_day');
call make_tenant_table('payment_month');

-- What is there already, rolled up. The measures are those of `fact`, so that none can be forgotten.
do $$
declare
  measures text;
  sums text;
begin
  select string_agg(quote_ident(attname), ', '), string_agg(format('sum(%I)', attname), ', ') into measures, sums
  from pg_attribute
  where attrelid = 'fact'::regclass and attnum > 0 and not attisdropped
    and attname not in ('organization_id', 'pos_account_id', 'shop_id', 'business_day', 'register_id', 'hour');
  set local role app_system;
  execute format(
    'insert into account_hour (organization_id, pos_account_id, business_day, hour, facts, %s)
     select organization_id, pos_account_id, business_day, hour, count(*), %s from fact group by 1, 2, 3, 4', measures, sums);
  insert into payment_day (organization_id, pos_account_id, shop_id, business_day, register_id, payment_type_id, payments)
  select organization_id, pos_account_id, shop_id, business_day, register_id, payment_type_id, sum(payments)
  from payment_fact group by 1, 2, 3, 4, 5, 6;
  insert into payment_month (organization_id, pos_account_id, shop_id, month, register_id, payment_type_id, payments)
  select organization_id, pos_account_id, shop_id, date_trunc('month', business_day)::date, register_id, payment_type_id, sum(payments)
  from payment_day group by 1, 2, 3, 4, 5, 6;
  reset role;
end
$$;
