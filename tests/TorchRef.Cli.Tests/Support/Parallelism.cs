// The random stream and the default device belong to the process: tests that meet them take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
