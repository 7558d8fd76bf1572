using Npgsql;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>What a user needs to know of an error of the database, in one line.</summary>
internal static class DatabaseErrors
{
    /// <summary>Whether two transactions got into each other's way, and this one has left no trace: it may be tried again.</summary>
    public static bool IsCollision(NpgsqlException error) => error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>Whether another process made the tables at the same moment.</summary>
    public static bool IsDoubleCreation(NpgsqlException error) =>
        error.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation;

    public static StudyStorageException Of(NpgsqlException error, string address) => new(
        error is not PostgresException refused
            ? $"A study's database must answer: expected {address} to but got: {OneLine(error.InnerException is { } cause && error.Message.StartsWith("Failed to connect", StringComparison.Ordinal) ? cause : error)}"
            : refused.SqlState switch
            {
                PostgresErrorCodes.InvalidPassword => $"The database wants another password: expected one that {address} takes but got: {refused.MessageText}",
                PostgresErrorCodes.InvalidAuthorizationSpecification => $"The database must let its user in: expected {address} to but got: {refused.MessageText}",
                PostgresErrorCodes.InvalidCatalogName => $"A study's database must be there (createdb makes one): expected {address} but got: {refused.MessageText}",
                PostgresErrorCodes.InsufficientPrivilege => $"The user must be allowed to write to the database: expected {address} to permit it but got: {refused.MessageText}",
                _ => $"A study's database must take what is written: expected {address} to but got: {OneLine(refused)}",
            },
        error);

    private static string OneLine(Exception error) => error.Message.ReplaceLineEndings(" ");
}
