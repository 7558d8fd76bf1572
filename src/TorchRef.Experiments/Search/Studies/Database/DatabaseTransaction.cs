using Npgsql;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>A transaction in progress, and short ways to ask and to write in it.</summary>
internal sealed class DatabaseTransaction(NpgsqlConnection connection)
{
    public void Run(string statement, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using NpgsqlCommand command = Command(statement, parameters);
        command.ExecuteNonQuery();
    }

    public List<T> Read<T>(string query, Func<NpgsqlDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using NpgsqlCommand command = Command(query, parameters);
        using NpgsqlDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    private NpgsqlCommand Command(string text, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
