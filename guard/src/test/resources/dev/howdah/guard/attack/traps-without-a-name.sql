-- Traps that no name in a statement leads to: what PostgreSQL runs by type, by inheritance, by policy; and what hides behind
-- an extension's good name. After traps.sql.
-- Domains whose checks act, and what holds them.
CREATE FUNCTION public.check_act(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM public.act('domain'); RETURN true; END$$;
CREATE DOMAIN public.trap_domain AS text CHECK (public.check_act(VALUE));
CREATE TYPE public.trap_row AS (id int, label public.trap_domain);
CREATE TABLE public.domains (id int, label public.trap_domain, wrapped public.trap_row);

-- A type of one's own: its casts, its order, its equality.
CREATE TYPE public.coin AS (cents int);
CREATE FUNCTION public.coin_text(public.coin) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN public.act('cast'); END$$;
CREATE CAST (public.coin AS text) WITH FUNCTION public.coin_text(public.coin) AS IMPLICIT;
CREATE FUNCTION public.int_coin(int) RETURNS public.coin LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM public.act('cast'); RETURN ROW($1); END$$;
CREATE CAST (int AS public.coin) WITH FUNCTION public.int_coin(int);
CREATE FUNCTION public.coin_eq(public.coin, public.coin) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM public.act('equality'); RETURN ($1).cents = ($2).cents; END$$;
CREATE FUNCTION public.coin_lt(public.coin, public.coin) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM public.act('order'); RETURN ($1).cents < ($2).cents; END$$;
CREATE FUNCTION public.coin_cmp(public.coin, public.coin) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$BEGIN PERFORM public.act('order'); RETURN ($1).cents - ($2).cents; END$$;
CREATE OPERATOR public.= (FUNCTION = public.coin_eq, LEFTARG = public.coin, RIGHTARG = public.coin, COMMUTATOR = OPERATOR(public.=), MERGES);
CREATE OPERATOR public.< (FUNCTION = public.coin_lt, LEFTARG = public.coin, RIGHTARG = public.coin);
CREATE OPERATOR CLASS public.coin_ops DEFAULT FOR TYPE public.coin USING btree AS OPERATOR 1 public.<, OPERATOR 3 public.=, FUNCTION 1 public.coin_cmp(public.coin, public.coin);
CREATE TYPE public.coin_range AS RANGE (SUBTYPE = public.coin);
CREATE TABLE public.purse (id int, coin public.coin);
INSERT INTO public.purse VALUES (1, ROW(5)), (2, ROW(7)), (3, ROW(5));

CREATE VIEW public.hides_domain AS SELECT 'x'::public.trap_domain AS label;
CREATE VIEW public.hides_cast AS SELECT coin::text AS label FROM public.purse;
CREATE VIEW public.hides_order AS SELECT id FROM public.purse ORDER BY coin;

-- Children of a table, elsewhere.
CREATE TABLE public.parent (line text);
CREATE FOREIGN TABLE public.child (line text) INHERITS (public.parent) SERVER files OPTIONS (program 'echo child >> canary/trap; echo line');
CREATE TABLE public.parted (line text) PARTITION BY LIST (line);
CREATE FOREIGN TABLE public.part PARTITION OF public.parted FOR VALUES IN ('line') SERVER files OPTIONS (program 'echo part >> canary/trap; echo line');

-- Row security acts for everybody who is not a superuser.
ALTER TABLE public.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY acts ON public.guarded USING (id = 1 AND public.immutable_act(id));

-- What belongs to an extension may be its adopted child.
CREATE FUNCTION public.adopted(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN public.act('extension'); END$$;
-- The owner of a database may own a trusted extension, and add to it what it likes.
DO $$BEGIN IF to_regrole('database_owner') IS NULL THEN CREATE ROLE database_owner; END IF; END$$;
ALTER FUNCTION public.adopted(text) OWNER TO database_owner;
ALTER EXTENSION citext ADD FUNCTION public.adopted(text);

