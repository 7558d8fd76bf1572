using System.CommandLine;
using System.CommandLine.Help;
using TorchRef.Cli;
using TorchRef.Cli.Commands;
using TorchRef.Cli.Verification;

var console = Consoles.Create();
// Not a RootCommand: that one is named after the program's file.
var root = new Command("torchref", "TorchRef: batch normalisation, dropout and weight decay written out from tensor primitives, and proven equal to torch.nn.") { new HelpOption(), new VersionOption() };
root.Add(VerifyCommand.Create(console, Candidates.Own));
root.Add(CheckCommand.Create(console));
root.Add(CheckChildCommand.Create());
root.Add(RunCommand.Create(console));
root.Add(SearchCommand.Create(console));
root.Add(ClaimsCommand.Create(console));
root.Add(TrainCommand.Create(console));
root.Add(ModelsCommand.Create(console));
root.Add(DataCommand.Create(console));
root.Add(DoctorCommand.Create(console));
root.Add(LedgerCommand.Create(console));
root.Add(BenchCommand.Create(console));
root.Add(NotebookCommand.Create(console));
root.Add(CompareCommand.Create(console));
root.Add(ConvertCommand.Create(console));
return CommandLine.Run(root, args, Console.Error);
