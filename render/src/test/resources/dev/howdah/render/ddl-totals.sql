CREATE MATERIALIZED VIEW report.totals (
  total numeric(12,2)
);
