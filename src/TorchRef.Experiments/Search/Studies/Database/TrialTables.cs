using Npgsql;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>Reads trials out of the tables.</summary>
internal sealed class TrialTables
{
    private const string TrialRows = """
        SELECT trial_id, study_id, number, state::text, datetime_start, datetime_complete FROM trials
        """;

    // A study repeats a few distributions in every trial.
    private readonly Dictionary<string, Distribution> _distributions = new(StringComparer.Ordinal);

    /// <summary>The trials with these ids, by id.</summary>
    public List<TrialRecord> Read(DatabaseTransaction transaction, IReadOnlyCollection<int> ids) =>
        Read(transaction, $"{TrialRows} WHERE trial_id = ANY(@ids) ORDER BY trial_id", ("ids", ids.ToArray()));

    /// <summary>The trials of a study that are newer than one, or among some, by id.</summary>
    public List<TrialRecord> Read(DatabaseTransaction transaction, long studyId, int newerThan, IReadOnlyCollection<int> among) => Read(
        transaction,
        $"{TrialRows} WHERE study_id = @study AND (trial_id > @last OR trial_id = ANY(@ids)) ORDER BY trial_id",
        ("study", studyId),
        ("last", newerThan),
        ("ids", among.ToArray()));

    private List<TrialRecord> Read(DatabaseTransaction transaction, string query, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        List<TrialRecord> trials = transaction.Read(query, Trial, parameters);
        if (trials.Count == 0) return trials;
        (string, object) these = ("ids", trials.Select(trial => (int)trial.Id).ToArray());
        ILookup<int, KeyValuePair<string, TrialParam>> parameterRows = transaction.Read(
            "SELECT trial_id, param_name, distribution_json, param_value FROM trial_params WHERE trial_id = ANY(@ids) ORDER BY param_id",
            row => (row.GetInt32(0), KeyValuePair.Create(row.GetString(1), new TrialParam(Known(row.GetString(2)), row.GetDouble(3)))),
            these).ToLookup(row => row.Item1, row => row.Item2);
        ILookup<int, double> values = transaction.Read(
            "SELECT trial_id, value, value_type::text FROM trial_values WHERE trial_id = ANY(@ids) ORDER BY trial_id, objective",
            row => (row.GetInt32(0), Number(row, 1)),
            these).ToLookup(row => row.Item1, row => row.Item2);
        ILookup<int, KeyValuePair<long, double>> intermediate = transaction.Read(
            "SELECT trial_id, intermediate_value, intermediate_value_type::text, step FROM trial_intermediate_values WHERE trial_id = ANY(@ids)",
            row => (row.GetInt32(0), KeyValuePair.Create((long)row.GetInt32(3), Number(row, 1))),
            these).ToLookup(row => row.Item1, row => row.Item2);
        ILookup<int, KeyValuePair<string, PyJson>> user = Attributes(transaction, "trial_user_attributes", these);
        ILookup<int, KeyValuePair<string, PyJson>> system = Attributes(transaction, "trial_system_attributes", these);
        return [.. trials.Select(trial => trial with
        {
            Params = new OrderedDictionary<string, TrialParam>(parameterRows[(int)trial.Id], StringComparer.Ordinal),
            Values = values.Contains((int)trial.Id) ? [.. values[(int)trial.Id]] : null,
            IntermediateValues = new SortedList<long, double>(new Dictionary<long, double>(intermediate[(int)trial.Id])),
            UserAttributes = new OrderedDictionary<string, PyJson>(user[(int)trial.Id], StringComparer.Ordinal),
            // Who runs it is the storage's own business, and no attribute of the trial to the reader.
            SystemAttributes = new OrderedDictionary<string, PyJson>(system[(int)trial.Id].Where(attribute => attribute.Key != WorkerMark.Key), StringComparer.Ordinal),
            Worker = system[(int)trial.Id].FirstOrDefault(attribute => attribute.Key == WorkerMark.Key).Value is { } mark ? WorkerMark.Worker(mark) : null,
        })];
    }

    private static ILookup<int, KeyValuePair<string, PyJson>> Attributes(DatabaseTransaction transaction, string table, (string, object) these) => transaction.Read(
        $"SELECT trial_id, key, value_json FROM {table} WHERE trial_id = ANY(@ids) ORDER BY 1, {table[..^1]}_id",
        row => (row.GetInt32(0), KeyValuePair.Create(row.GetString(1), PyJsonReader.Read(row.GetString(2)))),
        these).ToLookup(row => row.Item1, row => row.Item2);

    private static TrialRecord Trial(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt32(0),
        StudyId = row.GetInt32(1),
        Number = row.GetInt32(2),
        State = Enum.Parse<TrialState>(row.GetString(3), ignoreCase: true),
        Start = Date(row, 4),
        Complete = Date(row, 5),
    };

    // Naive UTC, as Optuna 5 has it; 4.9 has its own local time, and nothing tells which.
    private static DateTimeOffset? Date(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc));

    private static double Number(NpgsqlDataReader row, int column) =>
        new StoredNumber(row.IsDBNull(column) ? null : row.GetDouble(column), row.GetString(column + 1)).Number;

    private Distribution Known(string text)
    {
        if (!_distributions.TryGetValue(text, out Distribution? known)) _distributions[text] = known = DistributionJson.Read(text);
        return known;
    }
}
