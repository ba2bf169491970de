-- Since when a delivery's retry budget runs: from its first attempt, or from the end of the outage
-- that kept it back.
alter table delivery add column budget_from timestamptz;
update delivery set budget_from = first_attempt_at where state in ('pending', 'running');
