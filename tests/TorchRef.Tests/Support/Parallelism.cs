// The random stream, the count of tensors and the gradient mode belong to the process: tests that meet them take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
