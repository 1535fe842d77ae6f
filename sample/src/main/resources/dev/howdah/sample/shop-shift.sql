-- Brings an aged sample shop up to date: every date up to shop.now moves by shop.shift_days days, so that "last month"
-- keeps having rows. What a person wrote later than shop.now keeps its time, and everything they changed stays changed.
-- Whole days, so that hours and the order of events stay as they are. In one transaction, as superuser.

SET LOCAL TimeZone = 'UTC';
SET LOCAL search_path = shop, public;
-- Without triggers: orders_touch would set every updated_at to now. No key changes, so no foreign key can break.
SET LOCAL session_replication_role = replica;

CREATE FUNCTION pg_temp.moved(at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE
AS $$
    SELECT CASE
        WHEN at <= current_setting('shop.now')::timestamptz THEN at + make_interval(days => current_setting('shop.shift_days')::int)
        ELSE at
    END
$$;

UPDATE stores SET opened_on = pg_temp.moved(opened_on)::date;

UPDATE employees SET hired_on = pg_temp.moved(hired_on)::date;

UPDATE customers SET created_at = pg_temp.moved(created_at), deleted_at = pg_temp.moved(deleted_at);

UPDATE products SET created_at = pg_temp.moved(created_at);

UPDATE coupons SET valid = tstzrange(
    pg_temp.moved(lower(valid)),
    upper(valid) + (pg_temp.moved(lower(valid)) - lower(valid)),
    CASE WHEN lower_inc(valid) THEN '[' ELSE '(' END || CASE WHEN upper_inc(valid) THEN ']' ELSE ')' END)
WHERE NOT isempty(valid) AND NOT lower_inf(valid);

UPDATE orders SET
    ordered_at = pg_temp.moved(ordered_at),
    shipped_at = pg_temp.moved(shipped_at),
    updated_at = pg_temp.moved(updated_at);

UPDATE payments SET paid_at = pg_temp.moved(paid_at);

UPDATE reviews SET created_at = pg_temp.moved(created_at);

UPDATE audit_log SET at = pg_temp.moved(at);

REFRESH MATERIALIZED VIEW monthly_revenue;

DROP FUNCTION pg_temp.moved(timestamptz);
