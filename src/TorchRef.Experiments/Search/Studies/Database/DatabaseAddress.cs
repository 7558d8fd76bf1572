using System.Globalization;
using Npgsql;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>Where a database is: <c>postgresql://user:password@host:port/database?sslmode=require</c>, as libpq, SQLAlchemy and Optuna write it.</summary>
/// <param name="Settings">For Npgsql.</param>
/// <param name="Text">The address without the password, for messages.</param>
internal sealed record DatabaseAddress(NpgsqlConnectionStringBuilder Settings, string Text)
{
    private static readonly string[] _schemes = ["postgresql", "postgres", "postgresql+psycopg2", "postgresql+psycopg"];

    /// <summary>Whether a location names a database, this one's kind or another: a scheme and two slashes.</summary>
    public static bool IsAddress(string location) => location.Contains("://", StringComparison.Ordinal);

    /// <exception cref="StudyStorageException">The text is no such address.</exception>
    public static DatabaseAddress Parse(string location)
    {
        int colon = location.IndexOf("://", StringComparison.Ordinal);
        string scheme = location[..colon], rest = location[(colon + 3)..];
        if (!_schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase)) throw Wrong($"expected postgresql://… but got {scheme}://…");
        (rest, string query) = Split(rest, '?');
        (string authority, string database) = Split(rest, '/');
        int at = authority.LastIndexOf('@');
        (string user, string password) = Split(at < 0 ? "" : authority[..at], ':');
        string server = authority[(at + 1)..];
        var settings = new NpgsqlConnectionStringBuilder { Host = "localhost", Port = 5432, KeepAlive = 30, Timeout = 15, ApplicationName = "torchref" };
        SetServer(settings, server);
        if (user.Length > 0) settings.Username = Decoded(user);
        if (password.Length > 0) settings.Password = Decoded(password);
        foreach (string option in query.Split('&', StringSplitOptions.RemoveEmptyEntries)) Set(settings, option);
        if (database.Length > 0) settings.Database = Decoded(database);
        if (string.IsNullOrEmpty(settings.Database)) throw Wrong($"expected a database behind the host, postgresql://{server}/NAME, but got none");
        if (string.IsNullOrEmpty(settings.Username)) settings.Username = Environment.UserName;
        return new(settings, $"postgresql://{settings.Username}@{settings.Host}{(settings.Host.StartsWith('/') ? "" : $":{settings.Port}")}/{settings.Database}");
    }

    private static void SetServer(NpgsqlConnectionStringBuilder settings, string server)
    {
        // An IPv6 address stands in brackets, since it has colons of its own.
        int end = server.StartsWith('[') ? server.IndexOf(']') : 0;
        if (end < 0) throw Wrong($"expected a ']' behind an IPv6 address but got {server}");
        int port = server.IndexOf(':', end);
        string host = port < 0 ? server : server[..port];
        if (host.Length > 0) settings.Host = Decoded(host.Trim('[', ']'));
        if (port >= 0) settings.Port = Port(server[(port + 1)..]);
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string option)
    {
        (string name, string value) = Split(option, '=');
        value = Decoded(value);
        switch (name)
        {
            case "host": settings.Host = value; break;
            case "port": settings.Port = Port(value); break;
            case "user": settings.Username = value; break;
            case "password": settings.Password = value; break;
            case "dbname": settings.Database = value; break;
            case "application_name": settings.ApplicationName = value; break;
            case "sslrootcert": settings.RootCertificate = value; break;
            case "connect_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds <= 1024: settings.Timeout = seconds; break;
            case "sslmode" when Enum.TryParse(value.Replace("-", ""), ignoreCase: true, out SslMode mode) && Enum.IsDefined(mode): settings.SslMode = mode; break;
            case "connect_timeout" or "sslmode": throw Wrong($"expected a value that libpq knows for {name} but got '{value}'");
            default: throw Wrong($"expected host, port, user, password, dbname, application_name, connect_timeout, sslmode or sslrootcert behind the '?' but got {name}");
        }
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536 ? port : throw Wrong($"expected a port from 1 to 65535 but got '{text}'");

    private static (string Before, string Behind) Split(string text, char mark)
    {
        int at = text.IndexOf(mark);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text);

    private static StudyStorageException Wrong(string expectedAndGot) => new($"A database is named by an address: {expectedAndGot}");
}
