using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Random numbers in place, and draws from distributions that a tensor describes.
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) => Run("bernoulli", this, generator);
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => RunInPlace("bernoulli_.float", this, p, generator);
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => RunInPlace("bernoulli_.Tensor", this, p, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) => RunInPlace("uniform_", this, from, to, generator);
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => RunInPlace("normal_", this, mean, std, generator);
        public Tensor random_(double from, double to, Generator? generator = null) => RunInPlace("random_.from", this, (long)from, (long)to, generator);
        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) => RunInPlace("log_normal_", this, mean, std, generator);
        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) => RunInPlace("cauchy_", this, median, sigma, generator);
        public Tensor exponential_(double lambda = 1, Generator? generator = null) => RunInPlace("exponential_", this, lambda, generator);
        public Tensor geometric_(double p, Generator? generator = null) => RunInPlace("geometric_", this, p, generator);
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Run("multinomial", this, num_samples, replacement, generator);
        public Tensor poisson(Generator? generator = null) => Run("poisson", this, generator);
        public Tensor binomial(Tensor prob, Generator? generator = null) => Run("binomial", this, prob, generator);
    }
}
