using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.Database;

namespace TorchRef.Experiments.Tests.Search.Studies.Database;

/// <summary>Addresses as libpq and SQLAlchemy write them.</summary>
public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("postgresql://me:secret@db.example:5433/studies", "db.example", 5433, "me", "secret", "studies")]
    [InlineData("postgres://me@db/studies", "db", 5432, "me", null, "studies")]
    [InlineData("postgresql+psycopg2://me:p%40ss%3Aw%2Frd@db/studies", "db", 5432, "me", "p@ss:w/rd", "studies")]
    [InlineData("postgresql://me:a:b@db/studies", "db", 5432, "me", "a:b", "studies")]
    [InlineData("postgresql://me@[::1]:5433/%EA%B2%80%EC%83%89", "::1", 5433, "me", null, "검색")]
    [InlineData("postgresql://me@/studies?host=/var/run/postgresql&port=5433", "/var/run/postgresql", 5433, "me", null, "studies")]
    [InlineData("postgresql://db?user=me&password=x%26y&dbname=studies&connect_timeout=3&application_name=a", "db", 5432, "me", "x&y", "studies")]
    public void An_address_is_taken_apart(string text, string host, int port, string user, string? password, string database)
    {
        DatabaseAddress address = DatabaseAddress.Parse(text);

        Assert.Equal((host, port, user, password, database), (address.Settings.Host, address.Settings.Port, address.Settings.Username, address.Settings.Password, address.Settings.Database));
        if (password is not null) Assert.DoesNotContain(password, address.Text);
    }

    [Fact]
    public void Encryption_is_asked_for_as_in_libpq() =>
        Assert.Equal(Npgsql.SslMode.VerifyFull, DatabaseAddress.Parse("postgresql://db/x?sslmode=verify-full&sslrootcert=ca.pem").Settings.SslMode);

    [Theory]
    [InlineData("mysql://db/studies", "expected postgresql://… but got mysql://…")]
    [InlineData("sqlite:///studies.db", "expected postgresql://… but got sqlite://…")]
    [InlineData("postgresql://db", "expected a database behind the host")]
    [InlineData("postgresql://db:port/studies", "expected a port from 1 to 65535 but got 'port'")]
    [InlineData("postgresql://db:70000/studies", "expected a port from 1 to 65535 but got '70000'")]
    [InlineData("postgresql://[::1/studies", "expected a ']' behind an IPv6 address")]
    [InlineData("postgresql://db/studies?sslmode=maybe", "expected a value that libpq knows for sslmode but got 'maybe'")]
    [InlineData("postgresql://db/studies?options=x", "behind the '?' but got options")]
    public void What_is_no_address_is_refused_in_one_line(string text, string message)
    {
        string said = Assert.Throws<StudyStorageException>(() => StudyStorage.Open(text)).Message;

        Assert.Contains(message, said);
        Assert.DoesNotContain('\n', said);
    }
}
