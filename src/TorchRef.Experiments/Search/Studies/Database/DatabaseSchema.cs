using Npgsql;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>The tables of Optuna's <c>RDBStorage</c>, schema version 12 (Optuna 3.2 and later): made in an empty database, and checked in any other.</summary>
internal static class DatabaseSchema
{
    private const string Revision = "v3.2.0.a";
    private const int Version = 12;

    // Any number, the same in every process: whoever has this lock looks and makes the tables.
    private const long CreationLock = 0x746F726368726566;

    // As long as another process may be between making the tables and saying which version they are, which Optuna does one after the other.
    private const int Attempts = 20;
    private static readonly TimeSpan _nap = TimeSpan.FromMilliseconds(100);

    private const string Tables = """
        CREATE TYPE studydirection AS ENUM ('NOT_SET', 'MINIMIZE', 'MAXIMIZE');
        CREATE TYPE trialstate AS ENUM ('RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING');
        CREATE TYPE trialvaluetype AS ENUM ('FINITE', 'INF_POS', 'INF_NEG');
        CREATE TYPE trialintermediatevaluetype AS ENUM ('FINITE', 'INF_POS', 'INF_NEG', 'NAN');
        CREATE TABLE studies (study_id SERIAL PRIMARY KEY, study_name VARCHAR(512) NOT NULL);
        CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name);
        CREATE TABLE study_directions (
            study_direction_id SERIAL PRIMARY KEY, direction studydirection NOT NULL, study_id INTEGER NOT NULL REFERENCES studies (study_id), objective INTEGER NOT NULL,
            UNIQUE (study_id, objective));
        CREATE TABLE study_user_attributes (
            study_user_attribute_id SERIAL PRIMARY KEY, study_id INTEGER REFERENCES studies (study_id), key VARCHAR(512), value_json TEXT, UNIQUE (study_id, key));
        CREATE TABLE study_system_attributes (
            study_system_attribute_id SERIAL PRIMARY KEY, study_id INTEGER REFERENCES studies (study_id), key VARCHAR(512), value_json TEXT, UNIQUE (study_id, key));
        CREATE TABLE trials (
            trial_id SERIAL PRIMARY KEY, number INTEGER, study_id INTEGER REFERENCES studies (study_id), state trialstate NOT NULL,
            datetime_start TIMESTAMP, datetime_complete TIMESTAMP);
        CREATE INDEX ix_trials_study_id ON trials (study_id);
        CREATE TABLE trial_user_attributes (
            trial_user_attribute_id SERIAL PRIMARY KEY, trial_id INTEGER REFERENCES trials (trial_id), key VARCHAR(512), value_json TEXT, UNIQUE (trial_id, key));
        CREATE TABLE trial_system_attributes (
            trial_system_attribute_id SERIAL PRIMARY KEY, trial_id INTEGER REFERENCES trials (trial_id), key VARCHAR(512), value_json TEXT, UNIQUE (trial_id, key));
        CREATE TABLE trial_params (
            param_id SERIAL PRIMARY KEY, trial_id INTEGER REFERENCES trials (trial_id), param_name VARCHAR(512), param_value DOUBLE PRECISION, distribution_json TEXT,
            UNIQUE (trial_id, param_name));
        CREATE TABLE trial_values (
            trial_value_id SERIAL PRIMARY KEY, trial_id INTEGER NOT NULL REFERENCES trials (trial_id), objective INTEGER NOT NULL, value DOUBLE PRECISION,
            value_type trialvaluetype NOT NULL, UNIQUE (trial_id, objective));
        CREATE TABLE trial_intermediate_values (
            trial_intermediate_value_id SERIAL PRIMARY KEY, trial_id INTEGER NOT NULL REFERENCES trials (trial_id), step INTEGER NOT NULL, intermediate_value DOUBLE PRECISION,
            intermediate_value_type trialintermediatevaluetype NOT NULL, UNIQUE (trial_id, step));
        CREATE TABLE trial_heartbeats (
            trial_heartbeat_id SERIAL PRIMARY KEY, trial_id INTEGER NOT NULL REFERENCES trials (trial_id), heartbeat TIMESTAMP NOT NULL, UNIQUE (trial_id));
        CREATE TABLE version_info (
            version_info_id INTEGER PRIMARY KEY CHECK (version_info_id = 1), schema_version INTEGER, library_version VARCHAR(256));
        CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
        INSERT INTO version_info VALUES (1, 12, 'torchref');
        INSERT INTO alembic_version VALUES ('v3.2.0.a');
        """;

    /// <summary>Makes the tables where there are none.</summary>
    /// <exception cref="StudyStorageException">There are tables of another version, or of something else.</exception>
    /// <exception cref="NpgsqlException">The database can't be used.</exception>
    public static void Prepare(NpgsqlDataSource source, string address)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (TryPrepare(source, address, isLast: attempt == Attempts)) return;
            }
            catch (NpgsqlException error) when (attempt < Attempts && DatabaseErrors.IsDoubleCreation(error))
            {
                // An Optuna that knows nothing of the lock made them in between: they are there now.
            }

            Thread.Sleep(_nap);
        }
    }

    private static bool TryPrepare(NpgsqlDataSource source, string address, bool isLast)
    {
        using NpgsqlConnection connection = source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({CreationLock})");
        if (Is(connection, "SELECT to_regclass('studies') IS NULL AND to_regclass('trials') IS NULL AND to_regclass('version_info') IS NULL"))
        {
            Run(connection, Tables);
            transaction.Commit();
            return true;
        }

        string found = Found(connection);
        if (found == $"{Version}, {Revision}") return true;
        if (!isLast && found.Contains("none", StringComparison.Ordinal)) return false;
        throw new StudyStorageException($"Studies are kept in the tables of Optuna 3.2 and later: expected the schema version {Version}, {Revision} in {address} but got {found} (optuna storage upgrade brings older ones up)");
    }

    /// <summary>The schema version and the revision, each "none" where it isn't said.</summary>
    private static string Found(NpgsqlConnection connection)
    {
        string Said(string table, string column) =>
            !Is(connection, $"SELECT to_regclass('{table}') IS NOT NULL") ? "none"
            : new NpgsqlCommand($"SELECT max({column})::text FROM {table}", connection).ExecuteScalar() as string ?? "none";
        return $"{Said("version_info", "schema_version")}, {Said("alembic_version", "version_num")}";
    }

    private static bool Is(NpgsqlConnection connection, string query) => new NpgsqlCommand(query, connection).ExecuteScalar() is true;

    private static void Run(NpgsqlConnection connection, string statement) => new NpgsqlCommand(statement, connection).ExecuteNonQuery();
}
