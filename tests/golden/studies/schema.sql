-- What a database has of Optuna's tables, a line each, in an order that doesn't depend on the order of creation.
SELECT line FROM (
    SELECT format('column %s.%s %s %s %s', table_name, column_name, CASE data_type WHEN 'USER-DEFINED' THEN udt_name ELSE data_type || coalesce(' ' || character_maximum_length, '') END,
        CASE is_nullable WHEN 'YES' THEN 'null' ELSE 'not null' END, coalesce(column_default, 'no default')) AS line
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL
    SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT format('enum %s %s', t.typname, string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder)) FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname
    UNION ALL
    SELECT format('version %s', version_num) FROM alembic_version
    UNION ALL
    SELECT format('version %s', schema_version) FROM version_info
) AS lines ORDER BY line COLLATE "C"
