using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>Reads and writes studies in the tables.</summary>
internal static class StudyTables
{
    public static IReadOnlyList<StudyRecord> Read(DatabaseTransaction transaction)
    {
        List<(int Id, string Name)> studies = transaction.Read("SELECT study_id, study_name FROM studies ORDER BY study_id", row => (row.GetInt32(0), row.GetString(1)));
        ILookup<int, StudyDirection> directions = transaction.Read(
            "SELECT study_id, replace(direction::text, '_', '') FROM study_directions ORDER BY study_id, objective",
            row => (row.GetInt32(0), Enum.Parse<StudyDirection>(row.GetString(1), ignoreCase: true))).ToLookup(row => row.Item1, row => row.Item2);
        ILookup<int, KeyValuePair<string, PyJson>> user = Attributes(transaction, "study_user_attributes"), system = Attributes(transaction, "study_system_attributes");
        return [.. studies.Select(study => new StudyRecord(
            study.Id,
            study.Name,
            [.. directions[study.Id]],
            new OrderedDictionary<string, PyJson>(user[study.Id], StringComparer.Ordinal),
            new OrderedDictionary<string, PyJson>(system[study.Id], StringComparer.Ordinal)))];
    }

    /// <summary>The study of the name, begun when there is none; whoever inserts first begins it.</summary>
    public static StudyRecord? Open(DatabaseTransaction transaction, string name, IReadOnlyList<StudyDirection> directions)
    {
        if (transaction.Read("INSERT INTO studies (study_name) VALUES (@name) ON CONFLICT (study_name) DO NOTHING RETURNING study_id", row => row.GetInt32(0), ("name", name)) is [var id])
        {
            transaction.Run(
                "INSERT INTO study_directions (direction, study_id, objective) SELECT d.direction::studydirection, @id, d.place - 1 FROM unnest(@directions) WITH ORDINALITY AS d (direction, place)",
                ("id", id),
                ("directions", directions.Select(direction => direction.ToString().ToUpperInvariant()).ToArray()));
        }

        return Read(transaction).FirstOrDefault(study => study.Name == name);
    }

    public static void Set(DatabaseTransaction transaction, long studyId, AttributeKind kind, string key, PyJson value) => transaction.Run(
        $"""
        INSERT INTO {(kind == AttributeKind.User ? "study_user_attributes" : "study_system_attributes")} (study_id, key, value_json) VALUES (@id, @key, @value)
        ON CONFLICT (study_id, key) DO UPDATE SET value_json = EXCLUDED.value_json
        """,
        ("id", (int)studyId),
        ("key", key),
        ("value", value.ToString()));

    private static ILookup<int, KeyValuePair<string, PyJson>> Attributes(DatabaseTransaction transaction, string table) => transaction.Read(
        $"SELECT study_id, key, value_json FROM {table} ORDER BY 1, {table[..^1]}_id",
        row => (row.GetInt32(0), KeyValuePair.Create(row.GetString(1), PyJsonReader.Read(row.GetString(2))))).ToLookup(row => row.Item1, row => row.Item2);
}
