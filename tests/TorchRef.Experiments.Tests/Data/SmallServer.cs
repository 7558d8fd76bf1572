using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TorchRef.Experiments.Tests.Data;

/// <summary>A web server for one test: it answers every request as it is told and remembers the requests.</summary>
internal sealed class SmallServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, long, Reply> _answer;
    private readonly Task _serving;

    /// <param name="answer">What to say to a request for a file from a byte on.</param>
    public SmallServer(Func<string, long, Reply> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What a server says: a status, some bytes, and how many it announces.</summary>
    public sealed record Reply(int Status, byte[] Body, int? Announced = null);

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/files/");

    public List<(string File, long From)> Requests { get; } = [];

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The listener was stopped: the test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string file = (await reader.ReadLineAsync())!.Split(' ')[1].Split('/')[^1];
        long from = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase)) from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        }

        lock (Requests) Requests.Add((file, from));
        Reply reply = _answer(file, from);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {reply.Status} Whatever\r\nContent-Length: {reply.Announced ?? reply.Body.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(reply.Body);
    }
}
