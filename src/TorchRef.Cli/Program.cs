using System.CommandLine;
using TorchRef.Cli;
using TorchRef.Cli.Commands;
using TorchRef.Cli.Verification;

var console = Consoles.Create();
var root = new RootCommand("TorchRef: batch normalisation, dropout and weight decay written out from tensor primitives, and proven equal to torch.nn.");
root.Add(VerifyCommand.Create(console, Candidates.Own));
root.Add(DoctorCommand.Create(console));
return CommandLine.Run(root, args, Console.Error);
