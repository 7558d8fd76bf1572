using TorchRef.Experiments.Golden;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Tests.Search.Studies.Support;

namespace TorchRef.Experiments.Tests.Search.Studies.Database;

/// <summary>The tables: Optuna's, made once, and refused when they are of another version.</summary>
[Collection(PostgresTests.Name)]
public sealed class DatabaseSchemaTests(PostgresCluster cluster)
{
    private static string Golden(string name) => Path.Combine(GoldenFile.FindFolder()!, "studies", name);

    /// <summary>Columns with their types and defaults, constraints, indices and types, as PostgreSQL describes those that Optuna 4.9.0 made.</summary>
    [SkippableFact]
    public void The_tables_are_those_that_Optuna_makes()
    {
        cluster.Require();
        string address = cluster.NewDatabase();
        StudyStorage.Open(address).Dispose();

        Assert.Equal(File.ReadAllLines(Golden("schema.txt")), cluster.Run(address.Split('/')[^1], File.ReadAllText(Golden("schema.sql"))));
    }

    [SkippableFact]
    public void Many_that_open_an_empty_database_at_once_make_the_tables_once()
    {
        cluster.Require();
        string address = cluster.NewDatabase();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using IStudyStorage storage = StudyStorage.Open(address);
            storage.OpenStudy("s", StudyDirection.Maximize);
        });

        using IStudyStorage reader = StudyStorage.Open(address);
        Assert.Single(reader.Studies());
    }

    [SkippableTheory]
    [InlineData("UPDATE alembic_version SET version_num = 'v3.0.0.d'", "but got 12, v3.0.0.d")]
    [InlineData("UPDATE version_info SET schema_version = 13", "but got 13, v3.2.0.a")]
    [InlineData("DROP TABLE alembic_version", "but got 12, none")]
    public void Another_version_is_refused_and_left_as_it_is(string change, string message)
    {
        cluster.Require();
        string address = cluster.NewDatabase(), database = address.Split('/')[^1];
        StudyStorage.Open(address).Dispose();
        cluster.Run(database, change);

        Assert.Contains(message, Assert.Throws<StudyStorageException>(() => StudyStorage.Open(address)).Message);
        Assert.Equal(change.StartsWith("DROP", StringComparison.Ordinal) ? ["none"] : ["there"], cluster.Run(database, "SELECT CASE WHEN to_regclass('alembic_version') IS NULL THEN 'none' ELSE 'there' END"));
    }

    [SkippableFact]
    public void Other_peoples_tables_are_refused_and_left_as_they_are()
    {
        cluster.Require();
        string address = cluster.NewDatabase(), database = address.Split('/')[^1];
        cluster.Run(database, "CREATE TABLE studies (title TEXT)");

        Assert.Contains("but got none, none", Assert.Throws<StudyStorageException>(() => StudyStorage.Open(address)).Message);
        Assert.Equal(["studies"], cluster.Run(database, "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"));
    }

    [SkippableFact]
    public void What_keeps_one_out_of_a_database_is_said_in_one_line()
    {
        cluster.Require();
        (string Address, string Message)[] wrong =
        [
            (cluster.Address("postgres", password: "guess"), "wants another password"),
            (cluster.Address("nowhere"), "must be there (createdb makes one)"),
            ("postgresql://me@127.0.0.1:1/studies", "must answer"),
            ("postgresql://me@no.such.host.invalid/studies", "must answer"),
        ];
        foreach ((string address, string message) in wrong)
        {
            string said = Assert.Throws<StudyStorageException>(() => StudyStorage.Open(address)).Message;
            Assert.Contains(message, said);
            Assert.DoesNotContain('\n', said);
            Assert.DoesNotContain("guess", said);
        }
    }
}
