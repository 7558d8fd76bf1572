using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;
using TorchRef.Cli;
using TorchRef.Cli.Commands;
using TorchRef.Cli.Verification;

var root = new RootCommand("TorchRef: batch normalisation, dropout and weight decay written out from tensor primitives, and proven equal to torch.nn.");
root.Add(VerifyCommand.Create(AnsiConsole.Console, Candidates.Own));
root.Add(DoctorCommand.Create(AnsiConsole.Console));
return CommandLine.Run(root, args, Console.Error);
