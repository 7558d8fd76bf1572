using System.Globalization;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Recovery;

// Works on a study until so many trials have come to an end, its own and others':
//     StudyWorker LOCATION STUDY TRIALS EPOCHS PAUSE
// An epoch is a reported value and a pause in milliseconds. Several at once share the trials; those of a killed one are repeated.
string location = args[0], name = args[1];
int total = Number(args[2]), epochs = Number(args[3]), pause = Number(args[4]);
var range = new FloatDistribution(1e-6, 1e-2, log: true);
using IStudyStorage storage = StudyStorage.Open(location, Console.Error.WriteLine);
long study = storage.OpenStudy(name, StudyDirection.Maximize).Id;
var recovery = new DeadWorkerRecovery(storage, study);
Console.WriteLine(storage.Worker);
while (true)
{
    recovery.Recover();
    if (Next() is { } trial) Work(trial);
    else if (storage.Trials(study).All(each => each.State.IsFinished())) return;
    else Thread.Sleep(10);
}

TrialRecord? Next()
{
    foreach (TrialRecord waiting in storage.Trials(study).Where(each => each.State == TrialState.Waiting))
        if (storage.Claim(waiting.Id) is [var claimed]) return claimed;
    // A trial that failed with its worker and the one that repeats it are one.
    return storage.Create(study, all => all.Count(each => each.State != TrialState.Fail) < total ? [NewTrial.Running(new KeyValuePair<string, TrialParam>("lr", new(range, Drawn())))] : []).SingleOrDefault();
}

void Work(TrialRecord trial)
{
    // A repeated trial has its parameter, a queued one may have it laid down.
    double lr = trial.Params.TryGetValue("lr", out TrialParam? set) ? set.Internal : trial.FixedParams.TryGetValue("lr", out PyJson? value) ? range.Internal(value) : Drawn();
    if (set is null) storage.Write(TrialChange.Param(trial.Id, "lr", new(range, lr)));
    for (int epoch = 0; epoch < epochs; epoch++)
    {
        if (storage.Write(TrialChange.Report(trial.Id, epoch, Math.Log10(lr) + epoch)).Count > 0) return;
        Thread.Sleep(pause);
    }

    storage.Write(TrialChange.Complete(trial.Id, Math.Log10(lr)));
}

double Drawn() => range.Low * Math.Pow(range.High / range.Low, Random.Shared.NextDouble());

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
