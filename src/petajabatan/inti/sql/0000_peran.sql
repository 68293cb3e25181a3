-- Roles of the web process: they own nothing, cannot bypass row-level security, cannot create objects.
-- Roles are shared by all databases of a server, so several databases may race to create them.
DO $$
DECLARE nama text;
BEGIN
  FOREACH nama IN ARRAY ARRAY['petajabatan_web','petajabatan_instansi','petajabatan_nasional','petajabatan_terbatas'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = nama) THEN
        EXECUTE format('CREATE ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS %s', nama,
                       CASE WHEN nama = 'petajabatan_web' THEN 'LOGIN NOINHERIT' ELSE 'NOLOGIN' END);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
  FOREACH nama IN ARRAY ARRAY['petajabatan_instansi','petajabatan_nasional','petajabatan_terbatas'] LOOP
    BEGIN
      IF NOT pg_has_role('petajabatan_web', nama, 'MEMBER') THEN
        EXECUTE format('GRANT %I TO petajabatan_web', nama);
      END IF;
    EXCEPTION WHEN OTHERS THEN
      IF SQLERRM NOT LIKE '%concurrently updated%' THEN RAISE; END IF;
    END;
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;
