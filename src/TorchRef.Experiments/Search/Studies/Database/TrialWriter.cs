using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>Collects what is to be written of many trials, and writes it with a statement for each table.</summary>
internal sealed class TrialWriter
{
    private readonly OrderedDictionary<(int, string), TrialParam> _params = [];
    private readonly OrderedDictionary<(int, int), StoredNumber> _values = [];
    private readonly OrderedDictionary<(int, int), StoredNumber> _intermediate = [];
    private readonly OrderedDictionary<(int, string), string> _userAttributes = [];
    private readonly OrderedDictionary<(int, string), string> _systemAttributes = [];
    private readonly OrderedDictionary<int, TrialState> _ends = [];
    private readonly HashSet<int> _beats = [];

    public void Param(int trial, string name, TrialParam param) => _params[(trial, name)] = param;

    /// <exception cref="ArgumentException">The table's column doesn't hold the step.</exception>
    public void Report(int trial, long step, double value) =>
        _intermediate[(trial, step <= int.MaxValue ? (int)step : throw new ArgumentException($"A database counts steps in 32 bits: expected at most {int.MaxValue} but got {step}"))] = StoredNumber.Of(value);

    public void Attribute(int trial, AttributeKind kind, string key, PyJson value) => (kind == AttributeKind.User ? _userAttributes : _systemAttributes)[(trial, key)] = value.ToString();

    public void Finish(int trial, TrialState state, IReadOnlyList<double>? values)
    {
        _ends[trial] = state;
        for (int objective = 0; objective < values?.Count; objective++) _values[(trial, objective)] = StoredNumber.Of(values[objective]);
    }

    /// <summary>The worker runs the trial from now on, with its first heartbeat.</summary>
    public void Run(int trial, string mark)
    {
        _systemAttributes[(trial, WorkerMark.Key)] = mark;
        _beats.Add(trial);
    }

    /// <param name="transaction">The transaction; the rows of the trials are locked in it, or its own.</param>
    /// <param name="now">The end of those that end.</param>
    public void Write(DatabaseTransaction transaction, DateTime now)
    {
        Upsert(transaction, "trial_params", "param_name", "param_value, distribution_json", _params, param => param.Internal, param => DistributionJson.Write(param.Distribution));
        Upsert(transaction, "trial_values", "objective", "value, value_type", _values, number => number.Value, number => number.Type, "trialvaluetype");
        Upsert(transaction, "trial_intermediate_values", "step", "intermediate_value, intermediate_value_type", _intermediate, number => number.Value, number => number.Type, "trialintermediatevaluetype");
        Upsert(transaction, "trial_user_attributes", _userAttributes);
        Upsert(transaction, "trial_system_attributes", _systemAttributes);
        if (_beats.Count > 0)
        {
            transaction.Run(
                """
                INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT t, CURRENT_TIMESTAMP FROM unnest(@trials) AS t
                ON CONFLICT (trial_id) DO UPDATE SET heartbeat = EXCLUDED.heartbeat
                """,
                ("trials", _beats.ToArray()));
        }

        if (_ends.Count > 0)
        {
            transaction.Run(
                "UPDATE trials SET state = e.state::trialstate, datetime_complete = @now FROM unnest(@trials, @states) AS e (id, state) WHERE trial_id = e.id",
                ("now", now),
                ("trials", _ends.Keys.ToArray()),
                ("states", _ends.Values.Select(state => state.Name()).ToArray()));
        }
    }

    private static void Upsert<TKey, TRow>(
        DatabaseTransaction transaction,
        string table,
        string key,
        string columns,
        OrderedDictionary<(int Trial, TKey Key), TRow> rows,
        Func<TRow, double?> number,
        Func<TRow, string> text,
        string textType = "text")
        where TKey : notnull
    {
        if (rows.Count == 0) return;
        string[] two = columns.Split(", ");
        transaction.Run(
            $"""
            INSERT INTO {table} (trial_id, {key}, {columns}) SELECT r.trial, r.key, r.number, r.words::{textType}
            FROM unnest(@trials, @keys, @numbers, @texts) WITH ORDINALITY AS r (trial, key, number, words, place) ORDER BY r.place
            ON CONFLICT (trial_id, {key}) DO UPDATE SET {two[0]} = EXCLUDED.{two[0]}, {two[1]} = EXCLUDED.{two[1]}
            """,
            ("trials", rows.Keys.Select(pair => pair.Trial).ToArray()),
            ("keys", rows.Keys.Select(pair => pair.Key).ToArray()),
            ("numbers", rows.Values.Select(number).ToArray()),
            ("texts", rows.Values.Select(text).ToArray()));
    }

    private static void Upsert(DatabaseTransaction transaction, string table, OrderedDictionary<(int Trial, string Key), string> rows)
    {
        if (rows.Count == 0) return;
        transaction.Run(
            $"""
            INSERT INTO {table} (trial_id, key, value_json) SELECT r.trial, r.key, r.words
            FROM unnest(@trials, @keys, @texts) WITH ORDINALITY AS r (trial, key, words, place) ORDER BY r.place
            ON CONFLICT (trial_id, key) DO UPDATE SET value_json = EXCLUDED.value_json
            """,
            ("trials", rows.Keys.Select(pair => pair.Trial).ToArray()),
            ("keys", rows.Keys.Select(pair => pair.Key).ToArray()),
            ("texts", rows.Values.ToArray()));
    }
}
