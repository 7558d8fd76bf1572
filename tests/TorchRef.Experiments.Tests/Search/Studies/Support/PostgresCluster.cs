using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TorchRef.Experiments.Tests.Search.Studies.Support;

/// <summary>A PostgreSQL server of the tests' own, in a temporary folder and on a free port; it ends with them. It needs the server's programs and no service.</summary>
public sealed class PostgresCluster : IDisposable
{
    public const string User = "torchref";
    public const string Password = "p@ss:w/rd";

    private readonly string _folder = Directory.CreateTempSubdirectory("torchref-postgres-").FullName;
    private readonly string? _programs = FindPrograms();
    private readonly int _port = FreePort();
    private int _databases;
    private string? _emptied;

    public PostgresCluster()
    {
        if (_programs is null) return;
        // The server refuses to be root's: there its folder and its processes are nobody's.
        if (IsRoot) Run("chown", "nobody", _folder);
        File.WriteAllText(At("password"), Password);
        if (IsRoot) Run("chown", "nobody", At("password"));
        Server("initdb", "-D", At("data"), "-U", User, "-A", "scram-sha-256", $"--pwfile={At("password")}", "-E", "UTF8", "--no-sync");
        Server("pg_ctl", "-D", At("data"), "-l", At("log"), "-w", "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off", "start");
    }

    /// <summary>Skips a test where there is no server.</summary>
    public void Require() => Skip.If(_programs is null, "no PostgreSQL server was found (Debian: apt-get install postgresql)");

    /// <summary>A new database's address.</summary>
    public string NewDatabase()
    {
        string name = $"studies{++_databases}";
        Run("postgres", $"CREATE DATABASE {name}");
        return Address(name);
    }

    /// <summary>The address of one database, with its tables empty again; that is faster than a new one.</summary>
    public string EmptiedDatabase()
    {
        if (_emptied is null) return _emptied = NewDatabase();
        Run(_emptied.Split('/')[^1], "TRUNCATE studies, trials RESTART IDENTITY CASCADE");
        return _emptied;
    }

    public string Address(string database, string password = Password) => $"postgresql://{User}:{Uri.EscapeDataString(password)}@127.0.0.1:{_port}/{database}";

    /// <summary>Runs a statement, and reads the first column of what it gives.</summary>
    public IReadOnlyList<string> Run(string database, string statement)
    {
        string connectionString = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = User, Password = Password, Database = database, Pooling = false }.ConnectionString;
        using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        using NpgsqlCommand command = source.CreateCommand(statement);
        using NpgsqlDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }

    public void Dispose()
    {
        if (_programs is not null) Server("pg_ctl", "-D", At("data"), "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsRoot => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> folders = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin")) : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)).LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Server(string program, params IReadOnlyList<string> arguments)
    {
        string path = Path.Combine(_programs!, program);
        if (IsRoot) Run("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", path, .. arguments]);
        else Run(path, [.. arguments]);
    }

    private void Run(string program, params string[] arguments)
    {
        // Not through pipes: the server would inherit them and keep them open.
        string log = At("commands");
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", log, program, .. arguments]) { WorkingDirectory = _folder };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: {File.ReadAllText(log)}");
    }

    private string At(string name) => Path.Combine(_folder, name);
}
